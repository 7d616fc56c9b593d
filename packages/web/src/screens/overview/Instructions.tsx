import type { WireOutput } from '@kasauti/contract'
import { lazy, Suspense } from 'react'
import { Waiting } from '../../parts/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'

const Markdown = lazy(async () => ({
  default: (await import('@kasauti/catalog/browser')).Markdown,
}))

/** The project's instructions in the language of the interface. */
export function Instructions({ project }: { readonly project: WireOutput<'project.get'> }) {
  const { t, locale } = useI18n()
  const { en, hi } = project.settings.instructions
  const [text, lang] = (locale === 'hi' && hi) || !en ? [hi, 'hi'] : [en, 'en']
  if (!text) return null
  return (
    <section>
      <h2>{t('overview.instructions')}</h2>
      <div className="card prose" dir="auto" lang={lang}>
        <Suspense fallback={<Waiting />}>
          <Markdown text={text} />
        </Suspense>
      </div>
    </section>
  )
}
