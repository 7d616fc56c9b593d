import type { Locale } from '@kasauti/core'
import { useSyncExternalStore } from 'react'
import { type Formats, formats } from './formats.ts'
import { type Translate, translator } from './translator.ts'

export type I18n = { readonly locale: Locale; readonly t: Translate; readonly format: Formats }

const load: Readonly<Record<Locale, () => Promise<{ messages: Record<string, string> }>>> = {
  en: () => import('./catalogue-en.ts'),
  hi: () => import('./catalogue-hi.ts'),
}
let current: I18n = { locale: 'en', t: (key) => key, format: formats('en') }
const listeners = new Set<() => void>()

const kept = (): string | null => {
  try {
    return localStorage.getItem('kasauti.locale')
  } catch {
    return null
  }
}

/** The language of this device until a signed-in person's preference is known. */
export function firstLocale(): Locale {
  const locale = kept() ?? navigator.language.slice(0, 2)
  return locale === 'hi' ? 'hi' : 'en'
}

/** Load a language's texts and show them. Resolves when they are there. */
export async function showLocale(locale: Locale): Promise<void> {
  const { messages } = await load[locale]()
  current = { locale, t: translator(locale, messages), format: formats(locale) }
  document.documentElement.lang = locale
  try {
    localStorage.setItem('kasauti.locale', locale)
  } catch {
    // A page without storage still works; it only forgets.
  }
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
export const i18n = (): I18n => current
/** The language in force with its translator and formats; the component is drawn again when it changes. */
export const useI18n = (): I18n => useSyncExternalStore(subscribe, i18n)
/** `const t = useT()`, then `t('today.title')` or `t('today.left', { count })`. */
export const useT = (): Translate => useI18n().t
