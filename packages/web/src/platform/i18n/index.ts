export type { Formats } from './formats.ts'
export type { MessageFile } from './gather.ts'
export { firstLocale, type I18n, i18n, showLocale, useI18n, useT } from './store.ts'
export { intlLocale, type Translate, translator, type Values } from './translator.ts'
