import { type Locale, localText } from '@kasauti/core'

/** A title out of a config whose kind this code does not know; `undefined` if there is none. */
export function titleIn(raw: unknown, locale: Locale): string | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined
  const { en, hi } = raw as { readonly en?: unknown; readonly hi?: unknown }
  if (typeof en !== 'string') return undefined
  return localText(typeof hi === 'string' ? { en, hi } : { en }, locale)
}
