import type { WireOutput } from '@kasauti/contract'
import { Button, Group, Modal, Select, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Failed } from '../../parts/index.ts'
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
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!userId) return
    give.mutate(
      { params: { projectId }, body: { assignmentIds: [...assignmentIds], userId, reason } },
      { onSuccess: ({ assigned, left }) => onDone(assigned, left) },
    )
  }
  return (
    <Dialog title={t('inHand.giveTitle', { count: assignmentIds.length })} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
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
        {give.isError && <Failed error={give.error} />}
        <Buttons onClose={onClose} send={t('inHand.give')} busy={give.isPending} may={!!userId} />
      </form>
    </Dialog>
  )
}

/** Take back: whoever held it is told nothing is lost but the lease. */
export function TakeBackDialog({ projectId, assignmentIds, onClose, onDone }: Props) {
  const { t } = useI18n()
  const [reason, setReason] = useState('')
  const take = useApiMutation('assignment.release', ['assignment', 'board'])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    take.mutate(
      { params: { projectId }, body: { assignmentIds: [...assignmentIds], reason } },
      { onSuccess: ({ released, left }) => onDone(released, left) },
    )
  }
  return (
    <Dialog title={t('inHand.takeTitle', { count: assignmentIds.length })} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p>{t('inHand.takeText')}</p>
        <Reason value={reason} onChange={setReason} />
        {take.isError && <Failed error={take.error} />}
        <Buttons onClose={onClose} send={t('inHand.take')} busy={take.isPending} may />
      </form>
    </Dialog>
  )
}

function Dialog(props: {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const { t } = useI18n()
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      centered
      closeButtonProps={{ 'aria-label': t('inHand.close') }}
    >
      {props.children}
    </Modal>
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

function Buttons(props: {
  readonly onClose: () => void
  readonly send: string
  readonly busy: boolean
  readonly may: boolean
}) {
  const { t } = useI18n()
  return (
    <Group justify="flex-end" gap="xs">
      <Button variant="default" onClick={props.onClose}>
        {t('inHand.cancel')}
      </Button>
      <Button type="submit" loading={props.busy} disabled={!props.may}>
        {props.send}
      </Button>
    </Group>
  )
}
