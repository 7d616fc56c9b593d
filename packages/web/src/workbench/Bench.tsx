import { localText } from '@kasauti/core'
import { Button } from '@mantine/core'
import { Activity, type ReactNode, useEffect, useMemo, useState } from 'react'
import { toast, VerdictAppeal, Waiting } from '../parts/index.ts'
import { client, errorText, useApi, useMe } from '../platform/api/index.ts'
import { useEvent } from '../platform/events/index.ts'
import { useI18n } from '../platform/i18n/index.ts'
import { type Dialog, useActions } from './actions.tsx'
import { sameSpot } from './answers.ts'
import { type AskedSpot, askedSpots } from './asked.ts'
import { Banners } from './Banners.tsx'
import { BottomBar, TopBar } from './Bars.tsx'
import { ConflictDialog, InstructionsDrawer, RecentDrawer, SkipDialog } from './Dialogs.tsx'
import { ItemView } from './ItemView.tsx'
import { type Kit, useKit } from './kit.ts'
import { notesOf } from './marks.ts'
import { NoItem } from './NoItem.tsx'
import { Proposals } from './Proposals.tsx'
import { newSendingKey } from './ports.ts'
import { usePosition } from './position.ts'
import { changesTo, type Proposal, type ProposalRow } from './proposals.ts'
import { MarkDialog, ReturnDialog } from './ReviewDialogs.tsx'
import type { Runner } from './runner.ts'
import { type Act, aheadAtMost, answersItself, type Desk, type Session } from './session.ts'
import type { Source } from './source.ts'
import { useActiveTime } from './use-active-time.ts'
import { useDesk } from './use-desk.ts'
import { useRunner, useSession, useTabLock } from './use-runner.ts'
import './workbench.css'

const noop = () => undefined

/** The workbench: the frame around the item in view. What its stage is decides what can be done. */
export function Bench({ source }: { readonly source: Source }) {
  const { userId } = useMe()
  const runner = useRunner(userId, source)
  const session = useSession(runner)
  const desk = session.desks[0]
  const projectId = desk?.work.projectId ?? (source.of === 'project' ? source.projectId : '')
  const stage = desk?.work.stage ?? (source.of === 'project' ? source.stage : 'annotate')
  const kit = useKit(projectId, desk?.work.schemaVersion)
  const project = useApi('project.get', { params: { projectId } }, { enabled: projectId !== '' })
  const position = usePosition(source, session.finished)
  const [dialog, setDialog] = useState<Dialog>()
  const [marking, setMarking] = useState<AskedSpot>()
  useActiveTime(runner)
  const lock = useTabLock(desk?.work.assignmentId, runner)
  const ready = typeof kit === 'object' ? kit : undefined
  const work = useDesk({
    runner,
    desk,
    kit: ready,
    focus: 'take',
    heldBy: lock.elsewhere ? 'another tab' : 'this tab',
  })
  const { t, locale } = useI18n()
  useAskAgain(runner, source, project.data?.counts?.items ?? 0)
  useTitle(source.of === 'everything' && !desk ? t('workbench.title') : project.data?.name)
  const finish = (act: Act) => {
    const needsCheck = act.kind === 'submit' || (act.kind === 'review' && act.verdict === 'fixed')
    const answers = needsCheck ? work.check() : undefined
    if (!runner || (needsCheck && answers === undefined)) return
    performance.mark('kasauti-submit', { detail: { assignmentId: desk?.work.assignmentId } })
    setDialog(undefined)
    runner.dispatch({ kind: 'finish', act, key: newSendingKey(), answers })
  }
  const reasons = project.data?.settings.skipReasons ?? []
  const spots = useMemo(
    () => (ready && desk ? askedSpots(ready, desk.work.inputs, desk.log.answers) : []),
    [ready, desk],
  )
  const asked = spots.find((s) => sameSpot(s.spot, work.active))
  const titleOf = (spot: { readonly field: string; readonly turn?: string | undefined }) => {
    const field = ready?.schema.fields.find((f) => f.id === spot.field)
    const title = field ? localText(field.title, locale) : spot.field
    return spot.turn === undefined ? title : `${title} (${spot.turn})`
  }
  const takeAll = (proposal: Proposal) => {
    for (const change of changesTo(proposal, desk?.log.answers ?? {}))
      runner?.dispatch({ kind: 'change', change: { ...change, how: 'whole', atMs: Date.now() } })
  }
  const actions = useActions({
    stage,
    desk,
    runner,
    asked,
    reasons: reasons.length,
    finish,
    work,
    setDialog,
    takeAll,
    mark: setMarking,
    blocked: lock.elsewhere,
  })
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
        projectName={desk?.work.projectName ?? project.data?.name ?? t('workbench.title')}
        position={position}
        onInstructions={projectId === '' ? undefined : () => setDialog('instructions')}
        onTakeAlong={() => runner?.dispatch({ kind: 'take-along', count: aheadAtMost })}
        onRecent={projectId === '' ? undefined : () => setDialog('recent')}
        actions={projectId === '' ? [] : actions.buttons}
      />
      <main className="wb-main">
        <h1 className="offscreen">{project.data?.name ?? t('workbench.title')}</h1>
        <Banners session={session} runner={runner} />
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
            onMark={answersItself(stage) || lock.elsewhere ? undefined : setMarking}
            onTakeAll={takeAll}
          />
        ) : (
          <NoItem
            session={session}
            source={source}
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
      {desk && (dialog === 'return' || dialog === 'fail') && (
        <ReturnDialog
          kind={dialog}
          begin={notesOf(desk.marks, titleOf)}
          marks={desk.marks.length}
          onClose={() => setDialog(undefined)}
          onReturn={(note) =>
            finish({ kind: 'review', verdict: 'returned', note, marks: desk.marks })
          }
        />
      )}
      {desk && marking && (
        <MarkDialog
          key={`${desk.work.assignmentId} ${marking.spot.field} ${marking.spot.turn ?? ''}`}
          place={titleOf(marking.spot)}
          mark={desk.marks.find((m) => sameSpot(m, marking.spot))}
          onClose={() => setMarking(undefined)}
          onPut={({ note, severity }) => {
            const { field, turn } = marking.spot
            const at = turn === undefined ? { field } : { field, turn }
            runner?.dispatch({
              kind: 'mark',
              spot: marking.spot,
              mark: { ...at, note, severity },
            })
            setMarking(undefined)
          }}
          onTakeOff={() => {
            runner?.dispatch({ kind: 'mark', spot: marking.spot })
            setMarking(undefined)
          }}
        />
      )}
      {dialog === 'instructions' && projectId !== '' && (
        <InstructionsDrawer
          texts={project.data?.settings.instructions}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === 'recent' && projectId !== '' && (
        <RecentDrawer
          projectId={projectId}
          stage={stage}
          receipts={session.receipts}
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

/** An empty bench asks again when something may have come up for it. */
function useAskAgain(runner: Runner | undefined, source: Source, items: number): void {
  const ask = () => {
    if (runner && runner.get().desks.length === 0) runner.dispatch({ kind: 'ask' })
  }
  const judges = source.of === 'everything' || source.stage !== 'annotate'
  useEvent('work.returned', ask)
  useEvent('project.changed', () => {
    if (judges) ask()
  })
  useEffect(() => {
    // Only after a first answer: before it the journal may not have been read.
    if (items > 0 && runner?.get().queue.state === 'empty') runner.dispatch({ kind: 'ask' })
  }, [items, runner])
}

type DesksProps = {
  readonly session: Session
  readonly kit: Kit | 'loading' | 'failed'
  readonly work: ReturnType<typeof useDesk>
  readonly readOnly: boolean
  readonly onMark: ((asked: AskedSpot) => void) | undefined
  readonly onTakeAll: (proposal: Proposal) => void
}
/** The item in view, and the next one drawn out of sight so that it can be shown at once. */
function Desks({ session, kit, work, readOnly, onMark, onTakeAll }: DesksProps) {
  const { t } = useI18n()
  const next = session.desks[1]
  const nextKit = useKit(next?.work.projectId ?? '', next?.work.schemaVersion)
  if (kit === 'failed') return <div className="wb-empty">{t('workbench.kitFailed')}</div>
  if (kit === 'loading') return <Waiting lines={6} />
  return session.desks.slice(0, 2).map((desk, i) => {
    const own = i === 0 ? kit : nextKit
    if (typeof own !== 'object') return null
    const active = i === 0 ? work.active : undefined
    const proposals = desk.work.proposals ?? []
    const take = (row: ProposalRow, at: number) => work.answer(row.asked, row.answers[at], 'whole')
    return (
      <Activity key={desk.work.assignmentId} mode={i === 0 ? 'visible' : 'hidden'}>
        <ItemView
          desk={desk}
          kit={own}
          active={active}
          readOnly={readOnly || desk.mode === 'look'}
          notice={noticeOf(desk, t)}
          panel={
            proposals.length > 0 && (
              <Proposals
                kit={own}
                inputs={desk.work.inputs}
                proposals={proposals}
                answers={desk.log.answers}
                active={active}
                use={desk.mode === 'look' || readOnly ? 'look' : 'take'}
                onTakeAll={onTakeAll}
                onTake={take}
              />
            )
          }
          onMark={i === 0 ? onMark : undefined}
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
  const marks = returned?.marks ?? []
  return (
    <>
      {returned && (
        <section className="wb-note">
          <h2>{t('workbench.noteTitle')}</h2>
          <p dir="auto">{returned.note}</p>
          <p className="sub">
            {returned.by}
            {marks.length > 0 && (
              <span className="tag warn wb-note-marks">
                {t('workbench.mark.count', { count: marks.length })}
              </span>
            )}
          </p>
          <VerdictAppeal projectId={desk.work.projectId} assignmentId={desk.work.assignmentId} />
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
