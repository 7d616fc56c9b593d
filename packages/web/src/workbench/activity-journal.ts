/** Beats that no server confirmed, in IndexedDB: so that a page loaded anew still tells of the time before. */
import type { Beat } from '@kasauti/core'

const name = 'kasauti-activity'
const store = 'beats'
const dayMs = 86_400_000
/** A tab that has not written for so long is gone. */
const goneAfterMs = 600_000

type KeptBeats = {
  readonly tab: string
  readonly assignmentId: string
  readonly beats: readonly Beat[]
  readonly atMs: number
}
export type ActivityJournal = {
  keep(kept: KeptBeats): Promise<void>
  forget(tab: string, assignmentId: string): Promise<void>
  /** Take out what `tab` left behind, and tabs that are gone. */
  takeOver(tab: string | undefined, nowMs: number): Promise<readonly KeptBeats[]>
}

const open = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(store)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('no journal of activity'))
    request.onblocked = () => reject(new Error('the journal of activity is blocked'))
  })
const over = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('the journal of activity failed'))
  })
const entriesOf = (userId: string) => IDBKeyRange.bound(`${userId} `, `${userId} \uffff`)

/** Never fails: without a journal only what was not sent yet is lost, and only if the page goes. */
export function openActivityJournal(userId: string): ActivityJournal {
  const db = open()
  const calmly = async <T>(empty: T, work: (store: IDBObjectStore) => Promise<T>): Promise<T> => {
    try {
      return await work((await db).transaction(store, 'readwrite').objectStore(store))
    } catch {
      return empty
    }
  }
  const key = (tab: string, assignmentId: string) => `${userId} ${tab} ${assignmentId}`
  return {
    keep: (kept) =>
      calmly(undefined, async (beats) => {
        await over(beats.put(kept, key(kept.tab, kept.assignmentId)))
      }),
    forget: (tab, assignmentId) =>
      calmly(undefined, (beats) => over(beats.delete(key(tab, assignmentId)))),
    takeOver: (tab, nowMs) =>
      calmly([], async (beats) => {
        const all = (await over(beats.getAll(entriesOf(userId)))) as KeptBeats[]
        const left = all.filter((k) => k.tab === tab || nowMs - k.atMs > goneAfterMs)
        await Promise.all(left.map((k) => over(beats.delete(key(k.tab, k.assignmentId)))))
        return left.filter((k) => nowMs - k.atMs < 30 * dayMs)
      }),
  }
}

/** Forget what this browser holds of one person's activity. */
export async function clearActivity(userId: string): Promise<void> {
  try {
    const db = await open()
    await over(db.transaction(store, 'readwrite').objectStore(store).delete(entriesOf(userId)))
    db.close()
  } catch {
    // No journal, nothing kept.
  }
}
