import { Button, Group, Modal } from '@mantine/core'
import { useState } from 'react'
import { copyText, toast } from '../parts/index.ts'
import { useI18n } from '../platform/i18n/index.ts'
import type { Runner } from './runner.ts'
import type { Refused, Session } from './session.ts'

type Props = { readonly session: Session; readonly runner: Runner | undefined }

/** What the person must know of how safe their work is: nothing while all is well. */
export function Banners({ session, runner }: Props) {
  const { t } = useI18n()
  return (
    <>
      {session.journal === 'failing' && (
        <div className="wb-banner" role="alert" data-banner="journal">
          {t('workbench.noJournal')}
        </div>
      )}
      {session.refused.map((r) => (
        <Refusal key={r.key} refused={r} runner={runner} />
      ))}
    </>
  )
}

/** What the server did not take, with its answers, until somebody decided. */
function Refusal({
  refused,
  runner,
}: {
  readonly refused: Refused
  readonly runner: Props['runner']
}) {
  const { t } = useI18n()
  const [asking, setAsking] = useState<'no' | 'yes'>('no')
  const { key, work, act, code, answers } = refused
  const begun = act.kind === 'draft'
  const copy = async () => {
    const done = await copyText(JSON.stringify(answers, null, 2))
    toast({ text: t(`workbench.refused.${done}`), tone: done === 'copied' ? 'done' : 'bad' })
  }
  const drop = () => {
    setAsking('no')
    runner?.dispatch({ kind: 'drop-refused', key })
  }
  return (
    <div className="wb-banner" role="alert" data-banner="refused">
      <span>
        {t(begun ? 'workbench.refusedDraft' : 'workbench.refused', {
          key: work.key,
          reason: t(`error.${code}`),
        })}
      </span>
      {!begun && (
        <Button size="compact-sm" onClick={() => runner?.dispatch({ kind: 'send-again', key })}>
          {t('workbench.refusedAgain')}
        </Button>
      )}
      <Button
        size="compact-sm"
        variant={begun ? 'filled' : 'default'}
        onClick={() => runner?.dispatch({ kind: 'open-refused', key })}
      >
        {t('workbench.refusedOpen')}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => void copy()}>
        {t('workbench.refusedCopy')}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => setAsking('yes')}>
        {t('workbench.refusedDrop')}
      </Button>
      <Modal
        opened={asking === 'yes'}
        onClose={() => setAsking('no')}
        title={t('workbench.refusedDrop')}
        centered
        closeButtonProps={{ 'aria-label': t('workbench.close') }}
      >
        <p>{t('workbench.refusedDropAsk', { key: work.key })}</p>
        <Group justify="flex-end" mt="md">
          <Button variant="default" color="red" onClick={drop}>
            {t('workbench.refusedDrop')}
          </Button>
          <Button data-autofocus onClick={() => setAsking('no')}>
            {t('workbench.cancel')}
          </Button>
        </Group>
      </Modal>
    </div>
  )
}
