import type { ItemState } from '@kasauti/core'
import { Button, Checkbox, Radio, Select, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Answer, Failed } from '../../parts/index.ts'
import { isReviewed, useApi, useApiMutation, useWorkflow } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'

const formats = ['jsonl', 'csv', 'json'] as const
type FormatName = (typeof formats)[number]
const states = ['accepted', 'annotated', 'returned', 'open', 'skipped'] as const

/** Name, formats and states; the counts are those on screen everywhere else. */
export function NewDelivery({ projectId }: { readonly projectId: string }) {
  const { t, format } = useI18n()
  const navigate = useNavigate()
  const project = useApi('project.get', { params: { projectId } })
  const batches = useApi('batch.list', { params: { projectId }, query: { limit: 200 } })
  const rows = batches.data?.rows ?? []
  const [batchId, setBatchId] = useState<string | null>(null)
  const [name, setName] = useState('')
  const [chosenFormats, setFormats] = useState<readonly string[]>(['jsonl', 'csv'])
  const [chosenStates, setStates] = useState<readonly string[]>()
  const create = useApiMutation('delivery.create', ['delivery'])
  const reviews = isReviewed(useWorkflow(projectId))
  const [answers, setAnswers] = useState<'all' | 'final'>('all')
  const included = chosenStates ?? (reviews ? ['accepted'] : ['accepted', 'annotated'])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const body = {
      name,
      formats: formats.filter((f) => chosenFormats.includes(f)) as FormatName[],
      states: states.filter((s) => included.includes(s)) as ItemState[],
      ...(batchId === null ? {} : { batchId }),
      answers,
    }
    create.mutate(
      { params: { projectId }, body },
      {
        onSuccess: ({ deliveryId }) =>
          void navigate({
            to: '/projects/$projectId/deliveries/$deliveryId',
            params: { projectId, deliveryId },
          }),
      },
    )
  }
  return (
    <form className="card stack-tight" onSubmit={submit}>
      <h2>{t('deliveries.new')}</h2>
      <Answer of={project} lines={3}>
        {(whole) => {
          const counts =
            batchId === null ? whole.counts : rows.find((b) => b.batchId === batchId)?.counts
          const total = states
            .filter((s) => included.includes(s))
            .reduce((sum, s) => sum + (counts?.[s] ?? 0), 0)
          return (
            <>
              <div className="delivery-form">
                <TextInput
                  label={t('deliveries.name')}
                  placeholder={t('deliveries.namePlaceholder')}
                  required
                  maxLength={120}
                  dir="auto"
                  value={name}
                  onChange={(event) => setName(event.currentTarget.value)}
                />
                {rows.length > 1 && (
                  <Select
                    label={t('deliveries.batch')}
                    placeholder={t('deliveries.allBatches')}
                    clearable
                    searchable
                    data={rows.map((b) => ({
                      value: b.batchId,
                      label: b.name || t('deliveries.everythingElse'),
                    }))}
                    value={batchId}
                    onChange={setBatchId}
                  />
                )}
                <Checkbox.Group
                  label={t('deliveries.formats')}
                  value={[...chosenFormats]}
                  onChange={setFormats}
                >
                  <div className="check-row">
                    {formats.map((f) => (
                      <Checkbox key={f} value={f} label={t(`deliveries.format.${f}`)} />
                    ))}
                  </div>
                </Checkbox.Group>
                <Checkbox.Group
                  label={t('deliveries.states')}
                  value={[...included]}
                  onChange={setStates}
                >
                  <div className="check-row">
                    {states.map((s) => (
                      <Checkbox
                        key={s}
                        value={s}
                        label={t('deliveries.stateCount', {
                          state: t(`parts.state.${s}`),
                          count: format.number(counts?.[s] ?? 0),
                        })}
                      />
                    ))}
                  </div>
                </Checkbox.Group>
              </div>
              <Radio.Group
                label={t('deliveries.answers')}
                value={answers}
                onChange={(value) => setAnswers(value === 'final' ? 'final' : 'all')}
              >
                <div className="check-row">
                  {(['all', 'final'] as const).map((which) => (
                    <Radio
                      key={which}
                      value={which}
                      label={t(`deliveries.answers.${which}`)}
                      description={t(`deliveries.answers.${which}.text`)}
                    />
                  ))}
                </div>
              </Radio.Group>
              {create.isError && <Failed error={create.error} />}
              <div className="line-row">
                <Button
                  type="submit"
                  loading={create.isPending}
                  disabled={total === 0 || chosenFormats.length === 0}
                >
                  {t('deliveries.make')}
                </Button>
                <span className="sub">
                  {t('deliveries.total', { count: total, number: format.number(total) })}
                </span>
              </div>
            </>
          )
        }}
      </Answer>
    </form>
  )
}
