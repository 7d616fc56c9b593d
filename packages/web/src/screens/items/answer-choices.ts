import type { WireOutput } from '@kasauti/contract'
import type { Locale } from '@kasauti/core'
import { titleIn } from '../../parts/index.ts'

type Field = WireOutput<'schema.get'>['schema']['fields'][number]
export type Choice = { readonly value: string; readonly label: string }

/**
 * Values to offer for a field's filter, read from its config: the options of a choice, the levels of
 * a rating. Empty for kinds that list none; then the value is typed.
 */
export function answerChoices(field: Field, locale: Locale): Choice[] {
  const listed = field.config?.['options'] ?? field.config?.['levels']
  if (!Array.isArray(listed)) return []
  return listed.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null || !('value' in one)) return []
    const value = String(one.value)
    const title = titleIn('title' in one ? one.title : undefined, locale) ?? value
    return [{ value, label: title === value ? value : `${value} · ${title}` }]
  })
}
