import type { Locale } from '@kasauti/core'
import { titleIn } from '../../parts/index.ts'
import type { Schema } from './answer.ts'

type Field = Schema['fields'][number]

/** Titles of a field's listed values (options of a choice, levels of a rating). */
function titles(field: Field, locale: Locale): ReadonlyMap<string, string> {
  const listed = field.config?.['options'] ?? field.config?.['levels']
  const found = new Map<string, string>()
  if (!Array.isArray(listed)) return found
  for (const one of listed as { value?: unknown; title?: unknown }[]) {
    const title = titleIn(one.title, locale)
    if (title !== undefined) found.set(String(one.value), title)
  }
  return found
}

/** An answer in words for the item page: titles where the field lists them, else the value itself. */
export function answerText(field: Field, answer: unknown, locale: Locale): string {
  const names = titles(field, locale)
  const one = (value: unknown): string => {
    if (value === undefined || value === null) return '–'
    if (Array.isArray(value))
      return value
        .map((v) => (Array.isArray(v) ? v.map(one).join(' = ') : one(v)))
        .join(Array.isArray(value[0]) ? ' > ' : ', ')
    if (typeof value === 'object') {
      const known = value as Record<string, unknown>
      if (Array.isArray(known['nodes'])) return known['nodes'].map(one).join(', ')
      return Object.entries(known)
        .map(([k, v]) => `${k}: ${one(v)}`)
        .join(', ')
    }
    const name = names.get(String(value))
    return name && typeof value === 'number' ? `${value} · ${name}` : (name ?? String(value))
  }
  return one(answer)
}
