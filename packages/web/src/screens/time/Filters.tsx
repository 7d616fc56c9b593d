import type { WireQuery } from '@kasauti/contract'
import { stages } from '@kasauti/core'
import { NativeSelect, TextInput } from '@mantine/core'
import { useT } from '../../platform/i18n/index.ts'
import type { Report } from './scale.ts'

export type Query = WireQuery<'time.report'>
const groups = ['person', 'batch', 'stage', 'day'] as const

/** By what, and of which batch, stage and days. */
export function Filters({
  query,
  report,
  onChange,
}: {
  readonly query: Query
  readonly report: Report | undefined
  readonly onChange: (query: Query) => void
}) {
  const t = useT()
  const put = (change: Query) => {
    const next = Object.entries({ ...query, ...change }).filter(([, value]) => value !== '')
    onChange(Object.fromEntries(next))
  }
  const batches = (report?.batches ?? []).map((b) => ({
    value: b.batchId,
    label: b.name === '' ? t('time.elsewhere') : b.name,
  }))
  return (
    <div className="line-row options-row">
      <NativeSelect
        size="xs"
        label={t('time.by')}
        value={query.by ?? 'person'}
        data={groups.map((by) => ({ value: by, label: t(`time.by.${by}`) }))}
        onChange={(e) => put({ by: groups.find((by) => by === e.currentTarget.value) })}
      />
      <NativeSelect
        size="xs"
        label={t('time.by.batch')}
        value={query.batchId ?? ''}
        data={[{ value: '', label: t('time.allBatches') }, ...batches]}
        onChange={(e) => put({ batchId: e.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        label={t('time.by.stage')}
        value={query.stage ?? ''}
        data={[
          { value: '', label: t('time.allStages') },
          ...stages.map((stage) => ({ value: stage, label: t(`time.stage.${stage}`) })),
        ]}
        onChange={(e) => {
          const stage = stages.find((s) => s === e.currentTarget.value)
          const { stage: _, ...rest } = query
          onChange(stage ? { ...rest, stage } : rest)
        }}
      />
      <TextInput
        size="xs"
        type="date"
        label={t('time.from')}
        value={query.from ?? report?.from ?? ''}
        max={query.to ?? report?.to}
        onChange={(e) => put({ from: e.currentTarget.value })}
      />
      <TextInput
        size="xs"
        type="date"
        label={t('time.to')}
        value={query.to ?? report?.to ?? ''}
        min={query.from ?? report?.from}
        onChange={(e) => put({ to: e.currentTarget.value })}
      />
    </div>
  )
}
