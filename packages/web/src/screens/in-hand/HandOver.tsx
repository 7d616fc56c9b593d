import type { WireOutput } from '@kasauti/contract'
import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { FormDialog } from '../../parts/index.ts'
import { useApi, useApiMutation } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'

export type LeftOut = WireOutput<'assignment.reassign'>['left']
type Done = (done: number, left: LeftOut) => void
type Props = {
  readonly projectId: string
  readonly assignmentIds: readonly string[]
  readonly onClose: () => void
  readonly onDone: Done
}

/** To whom, and why: the reason stands in the history of every item. */
export function GiveDialog({ projectId, assignmentIds, onClose, onDone }: Props) {
  const { t } = useI18n()
  const [userId, setUserId] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const members = useApi('member.list', { params: { projectId } })
  const give = useApiMutation('assignment.reassign', ['assignment', 'board'])
  const people = (members.data?.rows ?? [])
    .filter((m) => !m.disabled)
    .map((m) => ({ value: m.userId, label: m.name }))
  const send = () => {
    if (!userId) return
    give.mutate(
      { params: { projectId }, body: { assignmentIds: [...assignmentIds], userId, reason } },
      { onSuccess: ({ assigned, left }) => onDone(assigned, left) },
    )
  }
  return (
    <FormDialog
      title={t('inHand.giveTitle', { count: assignmentIds.length })}
      send={t('inHand.give')}
      state={give.isPending ? 'sending' : userId ? 'ready' : 'incomplete'}
      error={give.error}
      onSend={send}
      onClose={onClose}
    >
      <Select
        label={t('inHand.to')}
        searchable
        required
        data-autofocus
        data={people}
        value={userId}
        onChange={setUserId}
        nothingFoundMessage={t('inHand.nobodyFound')}
      />
      <Reason value={reason} onChange={setReason} />
    </FormDialog>
  )
}

/** Take back: whoever held it is told nothing is lost but the lease. */
export function TakeBackDialog({ projectId, assignmentIds, onClose, onDone }: Props) {
  const { t } = useI18n()
  const [reason, setReason] = useState('')
  const take = useApiMutation('assignment.release', ['assignment', 'board'])
  const send = () =>
    take.mutate(
      { params: { projectId }, body: { assignmentIds: [...assignmentIds], reason } },
      { onSuccess: ({ released, left }) => onDone(released, left) },
    )
  return (
    <FormDialog
      title={t('inHand.takeTitle', { count: assignmentIds.length })}
      send={t('inHand.take')}
      state={take.isPending ? 'sending' : 'ready'}
      error={take.error}
      onSend={send}
      onClose={onClose}
    >
      <p>{t('inHand.takeText')}</p>
      <Reason value={reason} onChange={setReason} />
    </FormDialog>
  )
}

function Reason(props: { readonly value: string; readonly onChange: (reason: string) => void }) {
  const { t } = useI18n()
  return (
    <TextInput
      label={t('inHand.reason')}
      description={t('inHand.reasonText')}
      maxLength={500}
      dir="auto"
      value={props.value}
      onChange={(e) => props.onChange(e.currentTarget.value)}
    />
  )
}
