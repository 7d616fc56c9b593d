/** The recorder of a session of work, its journal, and how both go along with the runner. */
import { type Beat, uuidV7 } from '@kasauti/core'
import { client } from '../platform/api/index.ts'
import { type ActivityJournal, openActivityJournal } from './activity-journal.ts'
import { Recorder } from './recorder.ts'
import type { Runner } from './runner.ts'

export type Tracking = { readonly recorder: Recorder; readonly journal: ActivityJournal }
/** A runner whose finished items carry what was noticed of the work on them. */
export type TrackedRunner = Runner & { readonly tracking: Tracking }

/** Keeps the name of the page's recorder over a reload. */
const tabKey = 'kasauti-tab'

/** A recorder for this page, with what the page before a reload left behind. */
export function startTracking(userId: string): Tracking {
  const tab = uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
  const recorder = new Recorder(tab, {
    monotonicMs: () => performance.now(),
    wallMs: () => Date.now(),
  })
  const journal = openActivityJournal(userId)
  void journal.takeOver(swapTab(tab), Date.now()).then((left) => {
    for (const { assignmentId, beats } of left) recorder.restore(assignmentId, beats)
  })
  return { recorder, journal }
}

function swapTab(tab: string): string | undefined {
  try {
    const before = sessionStorage.getItem(tabKey) ?? undefined
    sessionStorage.setItem(tabKey, tab)
    return before
  } catch {
    return undefined
  }
}

/** Once other hands have the beats (the server, the outbox): they need not be kept here. */
function handedOver(tracking: Tracking, assignmentId: string, beats: readonly Beat[]): void {
  tracking.recorder.confirm(assignmentId, beats)
  void tracking.journal.forget(tracking.recorder.tab, assignmentId)
}

/** Keep what nobody has confirmed, in case the page goes. */
export function keepActivity({ recorder, journal }: Tracking): void {
  for (const assignmentId of recorder.waiting()) {
    const beats = recorder.peek(assignmentId)
    void journal.keep({ tab: recorder.tab, assignmentId, beats, atMs: Date.now() })
  }
}

export function tracked(runner: Runner, tracking: Tracking): TrackedRunner {
  const { recorder } = tracking
  const view = () => recorder.inView(runner.get().desks[0]?.work.assignmentId)
  runner.subscribe(view)
  return {
    ...runner,
    tracking,
    dispatch: (event) => {
      const id = runner.get().desks[0]?.work.assignmentId
      if (event.kind === 'finish' && id !== undefined) {
        const activity = recorder.take(id)
        runner.dispatch({ ...event, activity })
        handedOver(tracking, id, activity)
        return
      }
      if (event.kind === 'open-refused') {
        const refused = runner.get().refused.find((r) => r.key === event.key)
        if (refused) recorder.restore(refused.work.assignmentId, refused.activity ?? [])
      }
      runner.dispatch(event)
    },
  }
}

/** Items whose lease is kept though nothing happens at them: those that wait behind the one in view. */
const leaseEveryMs = 300_000

/** Sends beats of the items on the desk, and keeps their leases; to be called every fifteen seconds. */
export function heartbeats(runner: TrackedRunner): () => void {
  const { tracking } = runner
  const { recorder } = tracking
  const keptAt = new Map<string, number>()
  return () => {
    keepActivity(tracking)
    const { desks, network } = runner.get()
    if (network !== 'up') return
    const waiting = recorder.waiting()
    // Who does nothing keeps nothing.
    const front = desks[0]?.work.assignmentId
    const active = front !== undefined && waiting.includes(front)
    const now = performance.now()
    for (const { work, activeMs } of desks) {
      const id = work.assignmentId
      const due = active && now - (keptAt.get(id) ?? 0) >= leaseEveryMs
      if (!waiting.includes(id) && !due) continue
      keptAt.set(id, now)
      const activity = recorder.take(id)
      const params = { projectId: work.projectId, assignmentId: id }
      client
        .call('work.heartbeat', { params, body: { activeMs, activity: [...activity] } })
        .then(() => handedOver(tracking, id, activity))
        .catch(() => undefined)
    }
  }
}
