import type { WireOutput } from '@kasauti/contract'
import { Button, NumberInput } from '@mantine/core'
import { useState } from 'react'
import { FormDialog, toast } from '../../parts/index.ts'
import { useApiMutation } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'

type Member = WireOutput<'member.list'>['rows'][number]
type Props = { readonly projectId: string; readonly member: Member }
const whole = (value: string | number): number | undefined =>
  typeof value === 'number' && value >= 1 ? Math.floor(value) : undefined

function CapsDialog({ projectId, member, onClose }: Props & { readonly onClose: () => void }) {
  const { t } = useI18n()
  const [daily, setDaily] = useState<string | number>(member.dailyCap ?? '')
  const [held, setHeld] = useState<string | number>(member.heldCap ?? '')
  const save = useApiMutation('member.setCaps', ['member'])
  const send = () => {
    const dailyCap = whole(daily)
    const heldCap = whole(held)
    save.mutate(
      {
        params: { projectId, userId: member.userId },
        body: { ...(dailyCap ? { dailyCap } : {}), ...(heldCap ? { heldCap } : {}) },
      },
      {
        onSuccess: () => {
          toast({ text: t('people.saved') })
          onClose()
        },
      },
    )
  }
  return (
    <FormDialog
      title={t('people.capsTitle', { name: member.name })}
      send={t('people.save')}
      state={save.isPending ? 'sending' : 'ready'}
      error={save.error}
      onSend={send}
      onClose={onClose}
    >
      <p className="sub">{t('people.capsText')}</p>
      <NumberInput
        label={t('people.dailyCap')}
        min={1}
        max={10_000}
        allowDecimal={false}
        data-autofocus
        value={daily}
        onChange={setDaily}
      />
      <NumberInput
        label={t('people.heldCap')}
        min={1}
        max={100}
        allowDecimal={false}
        value={held}
        onChange={setHeld}
      />
    </FormDialog>
  )
}

/** What one person may hand in on a day and hold at once. */
export function CapsButton(props: Props) {
  const { t } = useI18n()
  const [asking, setAsking] = useState<'yes'>()
  return (
    <>
      <Button size="compact-sm" variant="subtle" onClick={() => setAsking('yes')}>
        {t('people.caps')}
      </Button>
      {asking && <CapsDialog {...props} onClose={() => setAsking(undefined)} />}
    </>
  )
}
