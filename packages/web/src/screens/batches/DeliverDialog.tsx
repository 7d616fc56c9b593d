import type { ItemState } from '@kasauti/core'
import { Button, Checkbox, Group, Modal, Textarea, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Answer, Failed, toast } from '../../parts/index.ts'
import { isReviewed, useApi, useApiMutation, useWorkflow } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { type Batch, nameOf, type WholeBatch } from './batch.ts'
import { Checks } from './Checks.tsx'
import { touched } from './use-move.ts'

const formats = ['jsonl', 'csv', 'json'] as const
const states = ['accepted', 'annotated', 'returned', 'open', 'skipped'] as const

function Form({ batch, onClose }: { readonly batch: WholeBatch; readonly onClose: () => void }) {
  const { t, format } = useI18n()
  const navigate = useNavigate()
  const reviewed = isReviewed(useWorkflow(batch.projectId))
  const [name, setName] = useState(batch.name)
  const [chosenFormats, setFormats] = useState<readonly string[]>(['jsonl', 'csv'])
  const [chosenStates, setStates] = useState<readonly string[]>()
  const [note, setNote] = useState('')
  const [despite, setDespite] = useState('')
  const move = useApiMutation('batch.move', touched)
  const included = chosenStates ?? (reviewed ? ['accepted'] : ['accepted', 'annotated'])
  const unmet = batch.checks.some((c) => c.verdict !== 'met')
  const total = states
    .filter((s) => included.includes(s))
    .reduce((sum, s) => sum + batch.counts[s], 0)
  const { projectId, batchId } = batch
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const delivery = {
      name,
      formats: formats.filter((f) => chosenFormats.includes(f)),
      states: states.filter((s) => included.includes(s)) as ItemState[],
    }
    move.mutate(
      {
        params: { projectId, batchId },
        body: {
          to: 'delivered',
          note,
          delivery,
          ...(unmet && despite.trim() !== '' ? { despite } : {}),
        },
      },
      {
        onSuccess: ({ deliveryId }) => {
          toast({
            text: t('batches.moved', {
              name: nameOf(batch, t),
              state: t('batches.state.delivered'),
            }),
          })
          onClose()
          if (deliveryId !== undefined)
            void navigate({
              to: '/projects/$projectId/deliveries/$deliveryId',
              params: { projectId, deliveryId },
            })
        },
      },
    )
  }
  return (
    <form className="stack-tight" onSubmit={submit}>
      <p>{t('batches.deliverText')}</p>
      {batch.checks.length > 0 && <Checks checks={batch.checks} />}
      {unmet && (
        <Textarea
          label={t('batches.despite')}
          description={t('batches.despiteText')}
          required
          maxLength={500}
          autosize
          minRows={2}
          dir="auto"
          data-autofocus
          value={despite}
          onChange={(e) => setDespite(e.currentTarget.value)}
        />
      )}
      <TextInput
        label={t('batches.deliveryName')}
        required
        maxLength={120}
        dir="auto"
        value={name}
        onChange={(e) => setName(e.currentTarget.value)}
      />
      <Checkbox.Group label={t('batches.formats')} value={[...chosenFormats]} onChange={setFormats}>
        <div className="batch-checks">
          {formats.map((f) => (
            <Checkbox key={f} value={f} label={f.toUpperCase()} />
          ))}
        </div>
      </Checkbox.Group>
      <Checkbox.Group label={t('batches.states')} value={[...included]} onChange={setStates}>
        <div className="batch-checks">
          {states.map((s) => (
            <Checkbox
              key={s}
              value={s}
              label={t('batches.stateCount', {
                state: t(`parts.state.${s}`),
                count: format.number(batch.counts[s]),
              })}
            />
          ))}
        </div>
      </Checkbox.Group>
      <TextInput
        label={t('batches.moveNote')}
        maxLength={500}
        dir="auto"
        value={note}
        onChange={(e) => setNote(e.currentTarget.value)}
      />
      {move.isError && <Failed error={move.error} />}
      <Group justify="flex-end" gap="xs">
        <span className="sub grow">
          {t('batches.total', { count: total, number: format.number(total) })}
        </span>
        <Button variant="default" onClick={onClose}>
          {t('parts.cancel')}
        </Button>
        <Button
          type="submit"
          loading={move.isPending}
          disabled={total === 0 || chosenFormats.length === 0}
        >
          {t('batches.way.delivered')}
        </Button>
      </Group>
    </form>
  )
}

/** Hand a batch over: what was agreed is held against what there is, and the delivery is made. */
export function DeliverDialog({
  batch,
  onClose,
}: {
  readonly batch: Batch
  readonly onClose: () => void
}) {
  const { t } = useI18n()
  const { projectId, batchId } = batch
  const whole = useApi('batch.get', { params: { projectId, batchId } })
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      size="lg"
      title={t('batches.deliverTitle', { name: nameOf(batch, t) })}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <Answer of={whole} lines={5}>
        {(loaded) => <Form batch={loaded} onClose={onClose} />}
      </Answer>
    </Modal>
  )
}
