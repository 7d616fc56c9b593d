import { Group, Radio, Select, TextInput } from '@mantine/core'
import { useApi } from '../../platform/api/index.ts'
import { useT } from '../../platform/i18n/index.ts'

/** Where the items go. */
export type Into =
  | { readonly kind: 'everything-else' }
  | { readonly kind: 'batch'; readonly batchId: string | undefined }
  | { readonly kind: 'new'; readonly name: string; readonly state: 'draft' | 'open' }

/** As the import is told; `undefined`: not chosen yet. */
export function wireInto(into: Into) {
  switch (into.kind) {
    case 'everything-else':
      return {}
    case 'batch':
      return into.batchId === undefined ? undefined : { batch: { batchId: into.batchId } }
    case 'new': {
      const name = into.name.trim()
      return name === '' ? undefined : { batch: { name, state: into.state } }
    }
  }
}

const kinds = ['everything-else', 'batch', 'new'] as const

type BatchChoiceProps = {
  readonly projectId: string
  readonly into: Into
  readonly onChange: (next: Into) => void
}

/** Everything else, a batch there is, or a new one by name. */
export function BatchChoice({ projectId, into, onChange }: BatchChoiceProps) {
  const t = useT()
  const batches = useApi('batch.list', { params: { projectId }, query: { limit: 200 } })
  const open = (batches.data?.rows ?? []).filter(
    (b) => b.kind === 'made' && b.state !== 'delivered' && b.state !== 'accepted',
  )
  const choose = (kind: string) => {
    if (kind === 'new') onChange({ kind, name: '', state: 'open' })
    else if (kind === 'batch') onChange({ kind, batchId: undefined })
    else onChange({ kind: 'everything-else' })
  }
  return (
    <section className="card stack-tight">
      <Radio.Group label={t('import.into')} value={into.kind} onChange={choose}>
        <Group mt="xs">
          {kinds
            .filter((kind) => kind !== 'batch' || open.length > 0 || into.kind === 'batch')
            .map((kind) => (
              <Radio key={kind} value={kind} label={t(`import.into.${kind}`)} />
            ))}
        </Group>
      </Radio.Group>
      {into.kind === 'batch' && (
        <Select
          label={t('import.batch')}
          w={320}
          searchable
          data={open.map((b) => ({ value: b.batchId, label: b.name }))}
          value={into.batchId ?? null}
          onChange={(batchId) => onChange({ kind: 'batch', batchId: batchId ?? undefined })}
        />
      )}
      {into.kind === 'new' && (
        <>
          <TextInput
            label={t('import.batchName')}
            w={320}
            maxLength={120}
            dir="auto"
            value={into.name}
            onChange={(e) => onChange({ ...into, name: e.currentTarget.value })}
          />
          <Radio.Group
            label={t('import.handOut')}
            value={into.state}
            onChange={(state) => onChange({ ...into, state: state === 'draft' ? 'draft' : 'open' })}
          >
            <Group mt="xs">
              <Radio value="open" label={t('import.handOutNow')} />
              <Radio value="draft" label={t('import.handOutLater')} />
            </Group>
          </Radio.Group>
        </>
      )}
    </section>
  )
}
