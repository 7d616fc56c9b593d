import { recentFor } from '@kasauti/catalog/browser'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { apiQuery, client, queryClient, useSessionState } from '../platform/api/index.ts'
import { startTracking, type TrackedRunner, tracked } from './activity.ts'
import { fetchKit } from './kit.ts'
import { serverPorts } from './ports.ts'
import { createRunner, type Runner } from './runner.ts'
import { isDirty, newSession, type Session } from './session.ts'
import type { Source } from './source.ts'
import { createTabLock, type TabLock, tabChannel } from './tab-lock.ts'

const calm = { catch: () => undefined }

/** Items taken ahead and never touched go back when the person leaves. */
function giveBack(session: Session): void {
  for (const desk of session.desks.slice(1)) {
    const { assignmentId, projectId, state, returned } = desk.work
    const mine = state !== 'leased' || returned !== undefined || desk.marks.length > 0
    if (mine || isDirty(desk) || (desk.mode === 'answer' && Object.keys(desk.saved).length > 0))
      continue
    void client.call('work.release', { params: { projectId, assignmentId } }).catch(calm.catch)
  }
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
    void queryClient.prefetchQuery({
      ...apiQuery('project.get', { params: { projectId: work.projectId } }),
      staleTime: 60_000,
    })
  }
}

/** A running session of one person with work of a source, with what it needs of the page: the network's state, kits ahead of time. */
export function useRunner(userId: string, source: Source): TrackedRunner | undefined {
  const [runner, setRunner] = useState<TrackedRunner>()
  useEffect(() => {
    recentFor(userId)
    const made = tracked(createRunner(serverPorts(userId, source)), startTracking(userId))
    const up = () => made.dispatch({ kind: 'network', network: 'up' })
    const down = () => made.dispatch({ kind: 'network', network: 'down' })
    window.addEventListener('online', up)
    window.addEventListener('offline', down)
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
      giveBack(made.get())
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

/** Whether another tab has the item in view, and the way to take it. */
export function useTabLock(assignmentId: string | undefined): {
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
      if (assignmentId !== undefined) lock.current?.take(assignmentId)
    },
  }
}
