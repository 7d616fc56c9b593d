import { type BatchPriority, batchPriorities, criterionNames } from '@kasauti/core'
import {
  Button,
  Fieldset,
  Group,
  Modal,
  NumberInput,
  Radio,
  Select,
  Textarea,
  TextInput,
} from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Failed, toast } from '../../parts/index.ts'
import { useApiMutation } from '../../platform/api/index.ts'
import { useT } from '../../platform/i18n/index.ts'
import { type Batch, nameOf } from './batch.ts'
import { dayOfDue, dueAtEndOf } from './calendar.ts'
import { touched } from './use-move.ts'

type Criteria = Batch['criteria']
type Fields = {
  readonly name: string
  readonly requester: string
  readonly note: string
  readonly day: string
  readonly priority: BatchPriority
  readonly criteria: Criteria
}

const fieldsOf = (batch: Batch | undefined): Fields => ({
  name: batch?.name ?? '',
  requester: batch?.requester ?? '',
  note: batch?.note ?? '',
  day: dayOfDue(batch?.dueAt),
  priority: batch?.priority ?? 'normal',
  criteria: batch?.criteria ?? {},
})

/** A due date that was not touched stays to the second: others may have set it to an hour. */
const dueOf = (fields: Fields, before: Batch | undefined): string | null =>
  fields.day === ''
    ? null
    : fields.day === dayOfDue(before?.dueAt)
      ? (before?.dueAt ?? null)
      : dueAtEndOf(fields.day)

function CriteriaFields({
  criteria,
  onChange,
}: {
  readonly criteria: Criteria
  readonly onChange: (next: Criteria) => void
}) {
  const t = useT()
  const set = (name: (typeof criterionNames)[number], percent: number | string) => {
    const { [name]: _, ...others } = criteria
    onChange(percent === '' ? others : { ...others, [name]: Number(percent) / 100 })
  }
  return (
    <Fieldset legend={t('batches.criteria')}>
      <p className="sub small">{t('batches.criteriaText')}</p>
      <div className="criteria-fields">
        {criterionNames.map((name) => (
          <NumberInput
            key={name}
            size="xs"
            label={t(`batches.criterion.${name}`)}
            suffix=" %"
            min={0}
            max={100}
            clampBehavior="strict"
            decimalScale={1}
            hideControls
            placeholder={t('batches.notAsked')}
            value={criteria[name] === undefined ? '' : Math.round(criteria[name] * 1000) / 10}
            onChange={(percent) => set(name, percent)}
          />
        ))}
      </div>
    </Fieldset>
  )
}

type BatchFormProps = {
  readonly projectId: string
  /** Left out: a new one. */
  readonly batch?: Batch
  readonly onClose: () => void
}

/** Make a batch, or change what is said of one. Of everything else only when and how urgent. */
export function BatchForm({ projectId, batch, onClose }: BatchFormProps) {
  const t = useT()
  const navigate = useNavigate()
  const [fields, setFields] = useState(() => fieldsOf(batch))
  const [state, setState] = useState<'draft' | 'open'>('draft')
  // The version this form was filled from: what somebody else saved since must not be overwritten.
  const [etag] = useState(batch?.etag)
  const create = useApiMutation('batch.create', touched)
  const update = useApiMutation('batch.update', touched)
  const set = (part: Partial<Fields>) => setFields((before) => ({ ...before, ...part }))
  const own = batch?.kind === 'everything-else'
  const error = create.error ?? update.error
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { day: _, ...rest } = fields
    const said = { ...rest, dueAt: dueOf(fields, batch) }
    if (batch) {
      const { note, priority, dueAt } = said
      update.mutate(
        {
          params: { projectId, batchId: batch.batchId },
          body: own ? { note, priority, dueAt } : said,
          ...(etag === undefined ? {} : { ifMatch: etag }),
        },
        {
          onSuccess: () => {
            toast({ text: t('parts.saved') })
            onClose()
          },
        },
      )
      return
    }
    create.mutate(
      { params: { projectId }, body: { ...said, state } },
      {
        onSuccess: ({ batchId, name }) => {
          toast({ text: t('batches.made', { name }) })
          void navigate({
            to: '/projects/$projectId/batches/$batchId',
            params: { projectId, batchId },
          })
        },
      },
    )
  }
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      size="lg"
      title={batch ? t('batches.editOf', { name: nameOf(batch, t) }) : t('batches.new')}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <form className="stack-tight" onSubmit={submit}>
        {!own && (
          <TextInput
            label={t('batches.name')}
            required
            maxLength={120}
            dir="auto"
            data-autofocus
            value={fields.name}
            onChange={(e) => set({ name: e.currentTarget.value })}
          />
        )}
        <div className="batch-form-row">
          <TextInput
            type="date"
            label={t('batches.due')}
            value={fields.day}
            onChange={(e) => set({ day: e.currentTarget.value })}
          />
          <Select
            label={t('batches.priorityTitle')}
            allowDeselect={false}
            data={batchPriorities.map((p) => ({ value: p, label: t(`batches.priority.${p}`) }))}
            value={fields.priority}
            onChange={(p) =>
              set({ priority: batchPriorities.find((known) => known === p) ?? 'normal' })
            }
          />
          {!own && (
            <TextInput
              label={t('batches.requester')}
              description={undefined}
              maxLength={200}
              dir="auto"
              value={fields.requester}
              onChange={(e) => set({ requester: e.currentTarget.value })}
            />
          )}
        </div>
        <Textarea
          label={t('batches.note')}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={2000}
          dir="auto"
          value={fields.note}
          onChange={(e) => set({ note: e.currentTarget.value })}
        />
        {!own && (
          <CriteriaFields criteria={fields.criteria} onChange={(criteria) => set({ criteria })} />
        )}
        {!batch && (
          <Radio.Group
            label={t('batches.handOut')}
            value={state}
            onChange={(v) => setState(v === 'open' ? 'open' : 'draft')}
          >
            <Group mt="xs">
              <Radio value="draft" label={t('batches.handOutLater')} />
              <Radio value="open" label={t('batches.handOutNow')} />
            </Group>
          </Radio.Group>
        )}
        {error && <Failed error={error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('parts.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending || update.isPending}>
            {t(batch ? 'batches.save' : 'batches.make')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
