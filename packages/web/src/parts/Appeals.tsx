import { Button, Group, Modal, Textarea } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { hasRole, useApi, useApiMutation, useMe } from '../platform/api/index.ts'
import { useI18n } from '../platform/i18n/index.ts'
import { Kbd, useCommands } from '../platform/keys/index.ts'
import { Failed } from './Answer.tsx'
import { type Appealable, goldAppeal, type OwnAppeal, verdictStanding } from './appeal-standing.ts'
import { VerdictTag } from './StateTag.tsx'
import { toast } from './toast.tsx'

const tones = { open: 'accent', upheld: 'good', dismissed: 'bad', withdrawn: '' } as const

/** How an appeal stands. */
export function AppealTag({ state }: { readonly state: OwnAppeal['state'] }) {
  const { t } = useI18n()
  return <span className={`tag ${tones[state]}`}>{t(`parts.appeal.${state}`)}</span>
}

/** One's own appeals and the verdicts open to one, where one works at all. */
function useOwnAppeals(projectId: string) {
  const me = useMe()
  const enabled = projectId !== '' && hasRole(me, projectId, ['associate', 'reviewer', 'lead'])
  const params = { projectId }
  const verdicts = useApi('appeal.open', { params }, { enabled })
  const mine = useApi('appeal.list', { params, query: { which: 'mine', limit: 100 } }, { enabled })
  return { verdicts: verdicts.data?.rows ?? [], appeals: mine.data?.rows ?? [], known: mine.data }
}

/** Takes an open appeal back. */
export function TakeBack({
  projectId,
  appealId,
}: {
  readonly projectId: string
  readonly appealId: string
}) {
  const { t } = useI18n()
  const withdraw = useApiMutation('appeal.withdraw', ['appeal'])
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        loading={withdraw.isPending}
        onClick={() =>
          withdraw.mutate(
            { params: { projectId, appealId } },
            { onSuccess: () => toast({ text: t('parts.appeal.takenBack') }) },
          )
        }
      >
        {t('parts.appeal.takeBack')}
      </Button>
      {withdraw.isError && <Failed error={withdraw.error} />}
    </>
  )
}

type Against = { readonly reviewId: string } | { readonly assignmentId: string }

function AppealDialog(props: {
  readonly projectId: string
  readonly against: Against
  readonly about: ReactNode
  readonly onClose: () => void
}) {
  const { t } = useI18n()
  const [reason, setReason] = useState('')
  const file = useApiMutation('appeal.file', ['appeal'])
  const ready = reason.trim() !== '' && !file.isPending
  const send = () => {
    if (!ready) return
    file.mutate(
      { params: { projectId: props.projectId }, body: { ...props.against, reason } },
      {
        onSuccess: () => {
          toast({ text: t('parts.appeal.sent') })
          props.onClose()
        },
      },
    )
  }
  useCommands(
    [
      {
        id: 'parts.appeal.send',
        title: 'parts.appeal.send',
        keys: ['Mod+Enter'],
        inText: 'fires',
        palette: 'skip',
        run: send,
      },
    ],
    'dialog',
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send()
  }
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t('parts.appeal.title')}
      centered
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <form className="stack-tight" onSubmit={submit}>
        {props.about}
        <Textarea
          label={t('parts.appeal.reason')}
          description={t('parts.appeal.reasonText')}
          required
          data-autofocus
          dir="auto"
          autosize
          minRows={3}
          maxRows={10}
          maxLength={4000}
          value={reason}
          onChange={(e) => setReason(e.currentTarget.value)}
        />
        {file.isError && <Failed error={file.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            {t('parts.cancel')}
          </Button>
          <Button
            type="submit"
            disabled={reason.trim() === ''}
            loading={file.isPending}
            rightSection={<Kbd chord="Mod+Enter" />}
            className="with-key"
          >
            {t('parts.appeal.send')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

function AppealButton(props: {
  readonly projectId: string
  readonly against: Against
  readonly of: string
  readonly about: ReactNode
  readonly onAsking?: ((asking: 'no' | 'yes') => void) | undefined
}) {
  const { t } = useI18n()
  const [asking, setAsked] = useState<'no' | 'yes'>('no')
  const setAsking = (to: 'no' | 'yes') => {
    setAsked(to)
    props.onAsking?.(to)
  }
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={t('parts.appeal.makeOf', { key: props.of })}
        onClick={() => setAsking('yes')}
      >
        {t('parts.appeal.make')}
      </Button>
      {asking === 'yes' && (
        <AppealDialog
          projectId={props.projectId}
          against={props.against}
          about={props.about}
          onClose={() => setAsking('no')}
        />
      )}
    </>
  )
}

/** How an appeal of one's own stands, what was decided and why; while it is open, a way back. */
function Made({ projectId, appeal }: { readonly projectId: string; readonly appeal: OwnAppeal }) {
  const { t } = useI18n()
  return (
    <div className="appeal-line">
      <span className="sub small">{t('parts.appeal.yours')}</span>{' '}
      <AppealTag state={appeal.state} />{' '}
      {appeal.state === 'open' && <TakeBack projectId={projectId} appealId={appeal.appealId} />}
      {appeal.decision && (
        <div className="small" dir="auto">
          {appeal.decision}
        </div>
      )}
    </div>
  )
}

/** A verdict, whose it is and its note. */
export function VerdictLine({ verdict }: { readonly verdict: Appealable['verdict'] }) {
  const { t, format } = useI18n()
  return (
    <div className="review-note">
      <VerdictTag verdict={verdict.verdict} />{' '}
      <span className="sub small">
        {t('parts.appeal.verdictBy', { who: verdict.by, when: format.dateTime(verdict.at) })}
      </span>
      {verdict.note && <div dir="auto">{verdict.note}</div>}
    </div>
  )
}

type Work = { readonly projectId: string; readonly assignmentId: string }

/** Against a verdict that returned or fixed one's work: appeal, or how the appeal stands. */
export function VerdictAppeal({
  projectId,
  assignmentId,
  show = 'the appeal',
  onAsking,
}: Work & {
  /** Where the verdict is not told already. */
  readonly show?: 'the appeal' | 'the verdict too'
  /** While it asks, Escape is its own: for what it stands in. */
  readonly onAsking?: (asking: 'no' | 'yes') => void
}) {
  const own = useOwnAppeals(projectId)
  const standing = verdictStanding(assignmentId, own.verdicts, own.appeals)
  if (!own.known || standing.is === 'nothing') return null
  const verdict = standing.is === 'may' ? standing.verdict.verdict : standing.appeal.verdict
  return (
    <div className="appeal-box">
      {show === 'the verdict too' && verdict && <VerdictLine verdict={verdict} />}
      {standing.is === 'may' ? (
        <AppealButton
          projectId={projectId}
          against={{ reviewId: standing.verdict.reviewId }}
          of={standing.verdict.key}
          about={<VerdictLine verdict={standing.verdict.verdict} />}
          onAsking={onAsking}
        />
      ) : (
        <Made projectId={projectId} appeal={standing.appeal} />
      )}
    </div>
  )
}

/** Against a gold that counted one's answer as wrong: appeal, or how the appeal stands. */
export function GoldAppeal({
  projectId,
  assignmentId,
  reference,
  answer,
}: Work & { readonly reference: string; readonly answer: 'right' | 'wrong' }) {
  const own = useOwnAppeals(projectId)
  if (!own.known) return null
  const appeal = goldAppeal(assignmentId, own.appeals)
  if (appeal) return <Made projectId={projectId} appeal={appeal} />
  if (answer === 'right') return null
  return (
    <div>
      <AppealButton
        projectId={projectId}
        against={{ assignmentId }}
        of={reference}
        about={undefined}
      />
    </div>
  )
}
