/** Which column probably feeds what: by names people use, and by what the values look like. */
import type { TaskSchema } from '@kasauti/catalog'

export type Feed =
  | { readonly column: string }
  | { readonly columns: Readonly<Record<string, string>> }
  | { readonly wholeRow: true }
export type Mapping = {
  readonly key?: string | undefined
  readonly uncertainty?: string | undefined
  readonly inputs: Readonly<Record<string, Feed>>
}
type Row = Readonly<Record<string, unknown>>

const keyNames = [
  'id',
  'key',
  'uid',
  'uuid',
  'item_id',
  'item',
  'row_id',
  'doc_id',
  'sample_id',
  'example_id',
]
const textNames = [
  'text',
  'sentence',
  'content',
  'body',
  'utterance',
  'paragraph',
  'passage',
  'document',
  'comment',
  'review',
  'tweet',
  'post',
  'message',
  'question',
  'prompt',
  'input',
  'query',
  'transcript',
  'translation',
  'title',
  'पाठ',
  'वाक्य',
  'प्रश्न',
]
const messageNames = [
  'messages',
  'conversations',
  'conversation',
  'dialogue',
  'dialog',
  'chat',
  'turns',
]
const promptNames = ['prompt', 'instruction', 'question']

const plain = (name: string): string => name.toLowerCase().replace(/[\s-]+/g, '_')
const columnsOf = (rows: readonly Row[]): readonly string[] => [
  ...new Set(rows.flatMap((row) => Object.keys(row))),
]
const textsOf = (rows: readonly Row[], column: string): readonly string[] =>
  rows.flatMap((row) => (typeof row[column] === 'string' ? [row[column]] : []))

function keyOf(rows: readonly Row[], columns: readonly string[]): string | undefined {
  return columns.find((column) => {
    if (!keyNames.includes(plain(column))) return false
    const values = rows.map((row) => row[column])
    const usable = values.every(
      (v) => (typeof v === 'string' && v.trim() !== '') || typeof v === 'number',
    )
    return usable && new Set(values.map(String)).size === values.length
  })
}

const averageLength = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, texts.length)

function textColumn(rows: readonly Row[], free: readonly string[], id: string): string | undefined {
  const named = [id, ...textNames].flatMap((name) => free.filter((c) => plain(c) === plain(name)))
  const near = free.filter(
    (c) => plain(c).startsWith(`${plain(id)}_`) || plain(c).endsWith(`_${plain(id)}`),
  )
  const holding = (c: string): boolean => textsOf(rows, c).some((t) => t.trim() !== '')
  const longest = free
    .filter(holding)
    .sort((a, b) => averageLength(textsOf(rows, b)) - averageLength(textsOf(rows, a)))
  return [...named, ...near].find(holding) ?? longest[0] ?? named[0]
}

/** The whole row if the row itself is a conversation; else a column that looks like one. */
function conversationFeed(free: readonly string[], id: string): Feed | undefined {
  const usual = (c: string): boolean => [...messageNames.slice(0, 3), ...promptNames].includes(c)
  if (free.some(usual)) return { wholeRow: true }
  const column = [id, ...messageNames].flatMap((name) =>
    free.filter((c) => plain(c) === plain(name)),
  )[0]
  return column === undefined ? undefined : { column }
}

/** A share 0..1 as a cell or a value of JSON; nothing for an empty one. */
export function shareIn(value: unknown): number | 'none' | undefined {
  if (value === undefined || value === null || value === '') return 'none'
  const share = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof share === 'number' && share >= 0 && share <= 1 ? share : undefined
}

const uncertaintyOf = (rows: readonly Row[], columns: readonly string[]): string | undefined =>
  columns.find(
    (c) =>
      plain(c) === 'uncertainty' &&
      rows.every((row) => shareIn(row[c]) !== undefined) &&
      rows.some((row) => shareIn(row[c]) !== 'none'),
  )

/** A mapping to start from; inputs nothing was found for are left out. */
export function proposeMapping(schema: TaskSchema, rows: readonly Row[]): Mapping {
  const columns = columnsOf(rows)
  const key = keyOf(rows, columns)
  const uncertainty = uncertaintyOf(rows, columns)
  const free = new Set(columns.filter((c) => c !== key && c !== uncertainty))
  const inputs: Record<string, Feed> = {}
  for (const spec of schema.inputs) {
    const left = [...free]
    const column = (): Feed | undefined => {
      const found = textColumn(rows, left, spec.id)
      return found === undefined ? undefined : { column: found }
    }
    const feed =
      spec.kind === 'conversation' ? (conversationFeed(left, spec.id) ?? column()) : column()
    if (!feed) continue
    inputs[spec.id] = feed
    if ('column' in feed) free.delete(feed.column)
  }
  return {
    ...(key === undefined ? {} : { key }),
    ...(uncertainty === undefined ? {} : { uncertainty }),
    inputs,
  }
}
