import { Button } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { Activity, type ReactNode, useEffect, useMemo, useState } from 'react'
import { toast, Waiting } from '../parts/index.ts'
import { client, errorText, useApi, useMe } from '../platform/api/index.ts'
import { useEvent } from '../platform/events/index.ts'
import { useI18n } from '../platform/i18n/index.ts'
import { type Command, useCommands } from '../platform/keys/index.ts'
import { sameSpot } from './answers.ts'
import { askedSpots } from './asked.ts'
import { BottomBar, TopBar } from './Bars.tsx'
import {
  ConflictDialog,
  InstructionsDrawer,
  RecentDrawer,
  ReturnDialog,
  SkipDialog,
} from './Dialogs.tsx'
import { ItemView } from './ItemView.tsx'
import { type Kit, useKit } from './kit.ts'
import { NoItem } from './NoItem.tsx'
import { newSendingKey } from './ports.ts'
import { usePosition } from './position.ts'
import type { Runner } from './runner.ts'
import type { Act, Desk, Session, Stage } from './session.ts'
import { useDesk } from './use-desk.ts'
import { useActiveTime, useRunner, useSession, useTabLock } from './use-runner.ts'
import './workbench.css'

type Dialog = 'skip' | 'return' | 'instructions' | 'recent'
const noop = () => undefined

/** The workbench of one stage: the frame around the item in view. */
export function Bench({ stage }: { readonly stage: Stage }) {
  const { projectId = '' } = useParams({ strict: false })
  const { userId } = useMe()
  const runner = useRunner({ userId, projectId, stage })
  const session = useSession(runner)
  const desk = session.desks[0]
  const kit = useKit(projectId, desk?.work.schemaVersion)
  const project = useApi('project.get', { params: { projectId } })
  const position = usePosition({ projectId, stage }, session.finished)
  const [dialog, setDialog] = useState<Dialog>()
  useActiveTime(runner)
  const lock = useTabLock(desk?.work.assignmentId)
  const ready = typeof kit === 'object' ? kit : undefined
  const work = useDesk({
    runner,
    desk,
    kit: ready,
    focus: 'take',
    heldBy: lock.elsewhere ? 'another tab' : 'this tab',
  })
  const { t } = useI18n()
  useEvent(stage === 'review' ? 'project.changed' : 'work.returned', () => {
    if (runner && runner.get().desks.length === 0) runner.dispatch({ kind: 'ask' })
  })
  const items = project.data?.counts.items ?? 0
  useEffect(() => {
    // Only after a first answer: before it the journal may not have been read.
    if (items > 0 && runner?.get().queue.state === 'empty') runner.dispatch({ kind: 'ask' })
  }, [items, runner])
  useTitle(project.data?.name)
  const finish = (act: Act) => {
    const needsCheck = act.kind === 'submit' || (act.kind === 'review' && act.verdict === 'fixed')
    const answers = needsCheck ? work.check() : undefined
    if (!runner || (needsCheck && answers === undefined)) return
    performance.mark('kasauti-submit', { detail: { assignmentId: desk?.work.assignmentId } })
    setDialog(undefined)
    runner.dispatch({ kind: 'finish', act, key: newSendingKey(), answers })
  }
  const reasons = project.data?.settings.skipReasons ?? []
  const actions = useActions({
    stage,
    desk,
    runner,
    reasons: reasons.length,
    finish,
    work,
    setDialog,
    blocked: lock.elsewhere,
  })
  const asked = useMemo(
    () =>
      (ready && desk ? askedSpots(ready, desk.work.inputs, desk.log.answers) : []).find((s) =>
        sameSpot(s.spot, work.active),
      ),
    [ready, desk, work.active],
  )
  const reopen = async (assignmentId: string) => {
    setDialog(undefined)
    try {
      const opened = await client.call('work.reopen', { params: { projectId, assignmentId } })
      runner?.dispatch({ kind: 'opened', work: opened })
    } catch (error) {
      toast({ text: errorText(error, t), tone: 'bad' })
    }
  }
  return (
    <div className="wb" data-stage={stage}>
      <TopBar
        session={session}
        desk={desk}
        projectName={desk?.work.projectName ?? project.data?.name ?? ''}
        position={position}
        onInstructions={() => setDialog('instructions')}
        onRecent={() => setDialog('recent')}
        actions={actions.buttons}
      />
      <main className="wb-main">
        <h1 className="offscreen">{project.data?.name ?? t('workbench.title')}</h1>
        <Refusals session={session} runner={runner} />
        {lock.elsewhere && (
          <div className="wb-banner" role="alert">
            {t('workbench.otherTab')}
            <Button size="compact-sm" onClick={lock.take}>
              {t('workbench.takeHere')}
            </Button>
          </div>
        )}
        {desk ? (
          <Desks
            session={session}
            kit={kit}
            work={work}
            readOnly={lock.elsewhere}
            projectId={projectId}
          />
        ) : (
          <NoItem
            session={session}
            project={project.data}
            onAsk={() => runner?.dispatch({ kind: 'ask' })}
          />
        )}
      </main>
      <BottomBar
        asked={asked}
        commands={actions.hints}
        mode={lock.elsewhere ? 'look' : desk?.mode}
      />
      {dialog === 'skip' && (
        <SkipDialog
          reasons={reasons}
          onClose={() => setDialog(undefined)}
          onSkip={(reason, note) => finish({ kind: 'skip', reason, note })}
        />
      )}
      {dialog === 'return' && (
        <ReturnDialog
          onClose={() => setDialog(undefined)}
          onReturn={(note) => finish({ kind: 'review', verdict: 'returned', note })}
        />
      )}
      {dialog === 'instructions' && (
        <InstructionsDrawer
          texts={project.data?.settings.instructions}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === 'recent' && (
        <RecentDrawer
          projectId={projectId}
          stage={stage}
          onClose={() => setDialog(undefined)}
          onOpen={(id) => void reopen(id)}
        />
      )}
      {session.conflict && desk?.work.assignmentId === session.conflict.assignmentId && (
        <ConflictDialog
          mine={desk.log.answers}
          theirs={session.conflict.theirs.answers}
          inputs={desk.work.inputs}
          kit={ready}
          onKeep={(keep) => runner?.dispatch({ kind: 'resolve', keep })}
        />
      )}
    </div>
  )
}

function useTitle(name: string | undefined): void {
  useEffect(() => {
    if (name !== undefined) document.title = `${name} · Kasauti`
  }, [name])
}

type ActionsOf = {
  readonly stage: Stage
  readonly desk: Desk | undefined
  readonly runner: Runner | undefined
  readonly reasons: number
  readonly finish: (act: Act) => void
  readonly work: ReturnType<typeof useDesk>
  readonly setDialog: (dialog: Dialog) => void
  readonly blocked: boolean
}

/** Everything that can be done here: as keys, as buttons, and as hints at the bottom. */
function useActions(a: ActionsOf) {
  const { t } = useI18n()
  const { desk, stage, finish, work } = a
  const here = () => desk !== undefined && !a.blocked
  const review = (verdict: 'accepted' | 'fixed') => () =>
    finish({ kind: 'review', verdict, note: '' })
  const fixing = desk?.mode === 'fix'
  const submit =
    stage === 'annotate'
      ? () => finish({ kind: 'submit' })
      : fixing
        ? review('fixed')
        : review('accepted')
  const moving: readonly Command[] = [
    {
      id: 'workbench.next',
      title: 'workbench.command.next',
      keys: ['KeyJ'],
      palette: 'skip',
      when: here,
      run: () => work.move(1),
    },
    {
      id: 'workbench.previous',
      title: 'workbench.command.previous',
      keys: ['KeyK'],
      palette: 'skip',
      when: here,
      run: () => work.move(-1),
    },
    {
      id: 'workbench.undo',
      title: 'workbench.command.undo',
      keys: ['Mod+KeyZ'],
      when: here,
      run: work.undo,
    },
    {
      id: 'workbench.redo',
      title: 'workbench.command.redo',
      keys: ['Mod+Shift+KeyZ', 'Mod+KeyY'],
      when: here,
      run: work.redo,
    },
    {
      id: 'workbench.leaveText',
      title: 'workbench.command.leaveText',
      keys: ['Escape'],
      palette: 'skip',
      when: here,
      run: work.leaveText,
    },
    {
      id: 'workbench.recent',
      title: 'workbench.recent',
      keys: ['Alt+ArrowLeft'],
      run: () => a.setDialog('recent'),
    },
    {
      id: 'workbench.instructions',
      title: 'workbench.instructions',
      keys: ['F2'],
      run: () => a.setDialog('instructions'),
    },
  ]
  const skip: Command = {
    id: 'workbench.skip',
    title: 'workbench.command.skip',
    keys: ['KeyS'],
    when: () => here() && a.reasons > 0,
    run: () => a.setDialog('skip'),
  }
  const looking = () => here() && desk?.mode === 'look'
  const own: readonly Command[] =
    stage === 'annotate'
      ? [
          {
            id: 'workbench.submit',
            title: 'workbench.command.submit',
            keys: ['Mod+Enter'],
            when: here,
            run: submit,
          },
          skip,
        ]
      : [
          {
            id: 'workbench.submit',
            title: fixing ? 'workbench.command.sendFix' : 'workbench.command.accept',
            keys: fixing ? ['Mod+Enter'] : ['Mod+Enter', 'KeyA'],
            when: here,
            run: submit,
          },
          {
            id: 'workbench.fix',
            title: 'workbench.command.fix',
            keys: ['KeyF'],
            when: looking,
            run: () => a.runner?.dispatch({ kind: 'fix' }),
          },
          {
            id: 'workbench.return',
            title: 'workbench.command.return',
            keys: ['KeyR'],
            when: looking,
            run: () => a.setDialog('return'),
          },
          {
            id: 'workbench.look',
            title: 'workbench.command.look',
            keys: ['Alt+KeyX'],
            when: () => here() && fixing,
            run: () => a.runner?.dispatch({ kind: 'look' }),
          },
        ]
  useCommands([...own, ...moving])
  const button = (id: string, label: string, run: () => void) => ({ id, label, run })
  const primary = {
    id: 'workbench.submit',
    label: t(
      stage === 'annotate' ? 'workbench.submit' : fixing ? 'workbench.sendFix' : 'workbench.accept',
    ),
    primary: true as const,
    run: submit,
  }
  const others =
    stage === 'annotate'
      ? a.reasons > 0
        ? [button('workbench.skip', t('workbench.skip'), () => a.setDialog('skip'))]
        : []
      : fixing
        ? [
            button('workbench.look', t('workbench.cancelFix'), () =>
              a.runner?.dispatch({ kind: 'look' }),
            ),
          ]
        : [
            button('workbench.return', t('workbench.return'), () => a.setDialog('return')),
            button('workbench.fix', t('workbench.fix'), () => a.runner?.dispatch({ kind: 'fix' })),
          ]
  const hint = (id: string, key: string) => ({ id, label: t(key) })
  return {
    buttons: a.blocked ? [] : [...others, primary],
    hints: [
      hint(
        'workbench.submit',
        stage === 'annotate'
          ? 'workbench.keys.submit'
          : fixing
            ? 'workbench.keys.sendFix'
            : 'workbench.keys.accept',
      ),
      hint('workbench.next', 'workbench.keys.next'),
      hint('workbench.undo', 'workbench.keys.undo'),
    ],
  }
}

type DesksProps = {
  readonly session: Session
  readonly kit: Kit | 'loading' | 'failed'
  readonly work: ReturnType<typeof useDesk>
  readonly readOnly: boolean
  readonly projectId: string
}
/** The item in view, and the next one drawn out of sight so that it can be shown at once. */
function Desks({ session, kit, work, readOnly, projectId }: DesksProps) {
  const { t } = useI18n()
  const next = session.desks[1]
  const nextKit = useKit(projectId, next?.work.schemaVersion)
  if (kit === 'failed') return <div className="wb-empty">{t('workbench.kitFailed')}</div>
  if (kit === 'loading') return <Waiting lines={6} />
  return session.desks.slice(0, 2).map((desk, i) => {
    const own = i === 0 ? kit : nextKit
    if (typeof own !== 'object') return null
    return (
      <Activity key={desk.work.assignmentId} mode={i === 0 ? 'visible' : 'hidden'}>
        <ItemView
          desk={desk}
          kit={own}
          active={i === 0 ? work.active : undefined}
          readOnly={readOnly || desk.mode === 'look'}
          notice={noticeOf(desk, t)}
          {...(i === 0 ? { root: work.root } : {})}
          onChange={i === 0 ? work.answer : noop}
          onActive={i === 0 ? work.setActive : noop}
        />
      </Activity>
    )
  })
}

function noticeOf(desk: Desk, t: ReturnType<typeof useI18n>['t']): ReactNode {
  const { returned } = desk.work
  const general = desk.problems.filter((p) => !p.path.startsWith('answers.'))
  if (!returned && general.length === 0) return undefined
  return (
    <>
      {returned && (
        <section className="wb-note">
          <h2>{t('workbench.noteTitle')}</h2>
          <p dir="auto">{returned.note}</p>
          <p className="sub">{returned.by}</p>
        </section>
      )}
      {general.map((p) => (
        <p key={p.message} className="wb-problem" role="alert">
          {/^[a-z]+\/[a-z-]+$/.test(p.message) ? t(`error.${p.message}`) : p.message}
        </p>
      ))}
    </>
  )
}

/** What the server did not take, with its answers, until somebody saw to it. */
function Refusals({
  session,
  runner,
}: {
  readonly session: Session
  readonly runner: Runner | undefined
}) {
  const { t } = useI18n()
  return session.refused.map((r) => (
    <div className="wb-banner" role="alert" key={r.key}>
      <span>{t('workbench.refused', { key: r.work.key, reason: t(`error.${r.code}`) })}</span>
      <Button
        size="compact-sm"
        onClick={() => runner?.dispatch({ kind: 'open-refused', key: r.key })}
      >
        {t('workbench.refusedOpen')}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => runner?.dispatch({ kind: 'drop-refused', key: r.key })}
      >
        {t('workbench.refusedDrop')}
      </Button>
    </div>
  ))
}
