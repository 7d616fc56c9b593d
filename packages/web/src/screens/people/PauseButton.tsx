import type { WireOutput } from '@kasauti/contract'
import { Button, Group, Radio, TextInput } from '@mantine/core'
import { useState } from 'react'
import { FormDialog, toast } from '../../parts/index.ts'
import { useApiMutation } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'

type Member = WireOutput<'member.list'>['rows'][number]
type Props = { readonly projectId: string; readonly member: Member }
const touched = ['member', 'assignment', 'board'] as const

function PauseDialog({ projectId, member, onClose }: Props & { readonly onClose: () => void }) {
  const { t } = useI18n()
  const [reason, setReason] = useState('')
  const [leases, setLeases] = useState<'keep' | 'release'>('release')
  const pause = useApiMutation('member.pause', touched)
  const send = () => {
    pause.mutate(
      { params: { projectId, userId: member.userId }, body: { reason, leases } },
      {
        onSuccess: () => {
          toast({ text: t('people.pausedNow', { name: member.name }) })
          onClose()
        },
      },
    )
  }
  return (
    <FormDialog
      title={t('people.pauseTitle', { name: member.name })}
      send={t('people.pause')}
      state={pause.isPending ? 'sending' : 'ready'}
      error={pause.error}
      onSend={send}
      onClose={onClose}
    >
      <p>{t('people.pauseText', { name: member.name })}</p>
      <TextInput
        label={t('people.pauseReason')}
        description={t('people.pauseReasonText')}
        maxLength={500}
        dir="auto"
        data-autofocus
        value={reason}
        onChange={(e) => setReason(e.currentTarget.value)}
      />
      <Radio.Group
        label={t('people.pauseLeases')}
        value={leases}
        onChange={(v) => setLeases(v === 'keep' ? 'keep' : 'release')}
      >
        <Group mt="xs">
          <Radio value="release" label={t('people.pauseRelease')} />
          <Radio value="keep" label={t('people.pauseKeep')} />
        </Group>
      </Radio.Group>
    </FormDialog>
  )
}

/** Hand a person nothing for now, or again. */
export function PauseButton({ projectId, member }: Props) {
  const { t } = useI18n()
  const [asking, setAsking] = useState<'yes'>()
  const resume = useApiMutation('member.resume', touched)
  const again = () =>
    resume.mutate(
      { params: { projectId, userId: member.userId } },
      { onSuccess: () => toast({ text: t('people.resumed', { name: member.name }) }) },
    )
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        loading={resume.isPending}
        onClick={() => (member.paused ? again() : setAsking('yes'))}
      >
        {member.paused ? t('people.resume') : t('people.pause')}
      </Button>
      {asking && (
        <PauseDialog projectId={projectId} member={member} onClose={() => setAsking(undefined)} />
      )}
    </>
  )
}
