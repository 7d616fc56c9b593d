import type { Locale } from '@kasauti/core'
import { IntlMessageFormat } from 'intl-messageformat'
import type { MessageFile } from './gather.ts'

export type Values = Readonly<Record<string, string | number | boolean | Date>>
/** Translate a key. A key that is not there gives the key itself: ugly, visible, and not a crash. */
export type Translate = (key: string, values?: Values) => string

/** Locale tags for `Intl`: British dates for English, Indian grouping of digits for Hindi. */
export const intlLocale = (locale: Locale): string => (locale === 'hi' ? 'hi-IN' : 'en-GB')

/** A translator over one catalogue; messages are compiled when first used. */
export function translator(locale: Locale, messages: MessageFile): Translate {
  const compiled = new Map<string, IntlMessageFormat>()
  return (key, values) => {
    const message = messages[key]
    if (message === undefined) return key
    if (!values && !/[{'<]/.test(message)) return message
    let format = compiled.get(key)
    if (!format) {
      format = new IntlMessageFormat(message, intlLocale(locale), undefined, { ignoreTag: true })
      compiled.set(key, format)
    }
    return String(format.format(values))
  }
}
