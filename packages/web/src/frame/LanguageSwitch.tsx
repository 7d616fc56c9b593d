import { useQueryClient } from '@tanstack/react-query'
import { meQuery, useSavePreferences } from '../platform/api/index.ts'
import { showLocale, useI18n } from '../platform/i18n/index.ts'

/** Change between English and Hindi; kept in the person's preferences when there is one. */
export function LanguageSwitch({ className }: { readonly className?: string }) {
  const { locale, t } = useI18n()
  const cache = useQueryClient()
  const save = useSavePreferences()
  const other = locale === 'hi' ? 'en' : 'hi'
  const change = async () => {
    await showLocale(other)
    if (cache.getQueryData(meQuery.queryKey)) await save({ locale: other }).catch(() => undefined)
  }
  return (
    <button
      type="button"
      className={className ?? 'nav-link'}
      lang={other}
      onClick={() => void change()}
    >
      {t('frame.otherLanguage')}
    </button>
  )
}
