import type { WireOutput } from '@kasauti/contract'
import { Button, Group, Modal, NumberInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Failed, toast } from '../../parts/index.ts'
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
  const submit = (event: FormEvent) => {
    event.preventDefault()
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
    <Modal
      opened
      onClose={onClose}
      title={t('people.capsTitle', { name: member.name })}
      centered
      closeButtonProps={{ 'aria-label': t('people.close') }}
    >
      <form className="stack" onSubmit={submit}>
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
        {save.isError && <Failed error={save.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('people.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('people.save')}
          </Button>
        </Group>
      </form>
    </Modal>
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
