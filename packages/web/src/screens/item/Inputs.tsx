import { inputView } from '@kasauti/catalog/browser'
import { localText } from '@kasauti/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Failed, Waiting } from '../../parts/index.ts'
import { translator, useI18n } from '../../platform/i18n/index.ts'
import type { Item, Schema } from './answer.ts'

type Spec = Schema['inputs'][number]

function Shown({ spec, value }: { readonly spec: Spec; readonly value: unknown }) {
  const { locale } = useI18n()
  const view = useQuery({
    queryKey: ['input-view', spec.kind],
    queryFn: async () => (await inputView(spec.kind)) ?? 'unknown',
    staleTime: Number.POSITIVE_INFINITY,
  })
  const loaded = view.data
  const t = useMemo(
    () => translator(locale, loaded && loaded !== 'unknown' ? loaded.messages[locale] : {}),
    [locale, loaded],
  )
  if (view.isError) return <Failed error={view.error} onRetry={() => void view.refetch()} />
  if (!loaded) return <Waiting lines={3} />
  if (loaded === 'unknown' || value === undefined)
    return <pre className="mono">{JSON.stringify(value, undefined, 2)}</pre>
  const { View } = loaded
  return <View value={value as never} config={spec.config as never} locale={locale} t={t} />
}

/** The item's inputs, shown as in the workbench (candidates in their stored order). */
export function Inputs({
  item,
  schema,
}: {
  readonly item: Pick<Item, 'inputs'>
  readonly schema: Schema
}) {
  const { locale } = useI18n()
  return schema.inputs.map((spec) => (
    <section key={spec.id} className="card">
      {spec.title && <h2>{localText(spec.title, locale)}</h2>}
      <Shown spec={spec} value={item.inputs[spec.id]} />
    </section>
  ))
}
