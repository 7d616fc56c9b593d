export { firstLocale, i18n, showLocale, useI18n, useT } from './store.ts'
export { type Translate, translator, type Values } from './translator.ts'
