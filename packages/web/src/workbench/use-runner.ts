import { recentFor } from '@kasauti/catalog/browser'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { client, useSessionState } from '../platform/api/index.ts'
import { startTracking, type TrackedRunner, tracked } from './activity.ts'
import { createDeskRoll, type DeskRoll, rollChannel } from './desk-roll.ts'
import { fetchKit } from './kit.ts'
import { serverPorts } from './ports.ts'
import { createRunner, type Runner } from './runner.ts'
import { isDirty, newSession, type Session } from './session.ts'
import { foreseeProject, setShellOwner } from './shell.ts'
import type { Source } from './source.ts'
import { createTabLock, type TabLock, tabChannel } from './tab-lock.ts'

const calm = { catch: () => undefined }

/** More at hand than that were taken along on purpose. */
const atHandUsually = 3

const isUntouched = (desk: Session['desks'][number]): boolean => {
  const { state, returned } = desk.work
  const mine = state !== 'leased' || returned !== undefined || desk.marks.length > 0
  return !(mine || isDirty(desk) || (desk.mode === 'answer' && Object.keys(desk.saved).length > 0))
}

/** Items handed out ahead and never touched go back when the person leaves; not what another tab has. */
async function giveBack(runner: Runner, roll: DeskRoll): Promise<void> {
  const { desks, network } = runner.get()
  if (network !== 'up' || desks.length > atHandUsually) return roll.close()
  const spare = desks.slice(1).filter(isUntouched)
  const elsewhere = await roll.elsewhere(spare.map((d) => d.work.assignmentId))
  roll.close()
  const going = spare.map((d) => d.work).filter((w) => !elsewhere.has(w.assignmentId))
  runner.dispatch({ kind: 'given-back', assignmentIds: going.map((w) => w.assignmentId) })
  for (const { assignmentId, projectId } of going)
    client.call('work.release', { params: { projectId, assignmentId } }).catch(calm.catch)
}

/** What was submitted still goes out after the person left the bench. */
function stopWhenSent(runner: Runner): void {
  if (runner.get().outbox.length === 0) {
    runner.stop()
    return
  }
  const done = runner.subscribe(() => {
    if (runner.get().outbox.length > 0) return
    done()
    runner.stop()
  })
}

/** What showing work of a project needs, fetched before its first item is in view. */
function foresee(session: Session): void {
  for (const { work } of session.desks) {
    fetchKit(work.projectId, work.schemaVersion)
    foreseeProject(work.projectId)
  }
}

/** A running session of one person with work of a source, with what it needs of the page: the network's state, kits ahead of time. */
export function useRunner(userId: string, source: Source): TrackedRunner | undefined {
  const [runner, setRunner] = useState<TrackedRunner>()
  useEffect(() => {
    recentFor(userId)
    setShellOwner(userId)
    const made = tracked(createRunner(serverPorts(userId, source)), startTracking(userId))
    const up = () => made.dispatch({ kind: 'network', network: 'up' })
    const down = () => made.dispatch({ kind: 'network', network: 'down' })
    window.addEventListener('online', up)
    window.addEventListener('offline', down)
    const roll = createDeskRoll(rollChannel(), {
      tab: crypto.getRandomValues(new Uint32Array(2)).join(),
      mine: () => made.get().desks.map((d) => d.work.assignmentId),
    })
    let desks = made.get().desks.length
    const unsubscribe = made.subscribe(() => {
      const session = made.get()
      if (session.desks.length > desks) foresee(session)
      desks = session.desks.length
    })
    setRunner(made)
    void made.start()
    return () => {
      made.dispatch({ kind: 'save-due' })
      void giveBack(made, roll)
      unsubscribe()
      stopWhenSent(made)
      window.removeEventListener('online', up)
      window.removeEventListener('offline', down)
    }
  }, [userId, source])
  const signedIn = useSessionState()
  useEffect(() => {
    if (signedIn === 'good' && runner?.get().network === 'signed-out')
      runner.dispatch({ kind: 'network', network: 'up' })
  }, [signedIn, runner])
  return runner
}

const none = newSession()
export const useSession = (runner: Runner | undefined): Session =>
  useSyncExternalStore(
    (listener) => runner?.subscribe(listener) ?? (() => undefined),
    () => runner?.get() ?? none,
  )

/** Whether another tab has the item in view, and the way to take it, with what that tab did to it. */
export function useTabLock(
  assignmentId: string | undefined,
  runner: Runner | undefined,
): {
  readonly elsewhere: boolean
  readonly take: () => void
} {
  const [, redraw] = useState(0)
  const lock = useRef<TabLock>(undefined)
  useEffect(() => {
    const made = createTabLock(
      tabChannel(),
      crypto.getRandomValues(new Uint32Array(2)).join(),
      () => redraw((n) => n + 1),
    )
    lock.current = made
    return () => {
      lock.current = undefined
      made.close()
    }
  }, [])
  useEffect(() => {
    if (assignmentId !== undefined) lock.current?.open(assignmentId)
  }, [assignmentId])
  return {
    elsewhere:
      assignmentId !== undefined && (lock.current?.heldElsewhere().has(assignmentId) ?? false),
    take: () => {
      if (assignmentId === undefined) return
      lock.current?.take(assignmentId)
      void runner?.takeOver(assignmentId)
    },
  }
}
