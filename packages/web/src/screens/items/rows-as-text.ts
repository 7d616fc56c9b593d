import type { Translate } from '../../platform/i18n/index.ts'
import type { ItemRow } from './item-row.ts'

/** A cell that a spreadsheet takes as one cell of text: no tabs or line breaks, no formula. */
export function cellText(text: string): string {
  const flat = text.replace(/[\t\r\n]+/g, ' ')
  return /^[=+\-@]/.test(flat) ? `'${flat}` : flat
}

/** Rows as tab-separated lines with a heading, for pasting into a spreadsheet. */
export function rowsAsText(rows: readonly ItemRow[], t: Translate): string {
  const head = [
    'items.number',
    'items.key',
    'items.content',
    'items.batch',
    'items.state',
    'items.annotations',
    'items.authors',
    'items.answers',
    'items.seconds',
    'items.updated',
  ]
  const lines = rows.map((r) => [
    String(r.ordinal),
    r.key,
    r.preview,
    r.batch,
    t(`parts.state.${r.state}`),
    String(r.annotations),
    r.authors.join(', '),
    r.answers.map((a) => `${a.field}: ${a.summary}`).join('; '),
    String(Math.round(r.activeMs / 1000)),
    r.updatedAt,
  ])
  return [head.map((key) => t(key)), ...lines]
    .map((cells) => cells.map(cellText).join('\t'))
    .join('\n')
}
