/** The journal in IndexedDB: drafts and unsent work of one person in one project and stage. */
import type { Waiting } from './leaving.ts'
import type { Journal } from './runner.ts'
import type { DraftEntry, Sending } from './session.ts'

const name = 'kasauti-journal'
const stores = ['drafts', 'outbox'] as const
type Store = (typeof stores)[number]

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => {
      for (const store of stores) request.result.createObjectStore(store)
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('no journal'))
    request.onblocked = () => reject(new Error('the journal is blocked'))
  })
}
const over = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('the journal failed'))
  })

/** Keys are `<owner> <id>`; `owner` names person, project and stage, so that nobody meets another's work. */
export function openJournal(owner: string): Journal {
  const db = open()
  const key = (id: string) => `${owner} ${id}`
  const mine = IDBKeyRange.bound(`${owner} `, `${owner} \uffff`)
  const store = async (of: Store, mode: IDBTransactionMode) =>
    (await db).transaction(of, mode).objectStore(of)
  const put = async (of: Store, id: string, entry: unknown) => {
    await over((await store(of, 'readwrite')).put(entry, key(id)))
  }
  const drop = async (of: Store, id: string) => {
    await over((await store(of, 'readwrite')).delete(key(id)))
  }
  return {
    async read() {
      const [drafts, outbox] = await Promise.all([
        over((await store('drafts', 'readonly')).getAll(mine)),
        over((await store('outbox', 'readonly')).getAll(mine)),
      ])
      return { drafts: drafts as DraftEntry[], outbox: (outbox as Sending[]).toSorted(byKey) }
    },
    putDraft: (entry) => put('drafts', entry.assignmentId, entry),
    dropDraft: (id) => drop('drafts', id),
    putSending: (sending) => put('outbox', sending.key, sending),
    dropSending: (id) => drop('outbox', id),
  }
}
const byKey = (a: Sending, b: Sending) => (a.key < b.key ? -1 : 1)

/** All that waits of one person, in every project and stage. */
export async function readWaiting(userId: string): Promise<Waiting> {
  const db = await open()
  const mine = IDBKeyRange.bound(`${userId} `, `${userId} \uffff`)
  const of = (store: Store) => db.transaction(store, 'readonly').objectStore(store)
  const [keys, drafts, outbox] = await Promise.all([
    over(of('drafts').getAllKeys(mine)),
    over(of('drafts').getAll(mine)),
    over(of('outbox').getAll(mine)),
  ])
  db.close()
  return {
    outbox: (outbox as Sending[]).toSorted(byKey),
    drafts: (drafts as DraftEntry[]).map((entry, i) => {
      const [, projectId = '', stage = ''] = String(keys[i]).split(' ')
      return { ...entry, projectId, stage }
    }),
  }
}

/**
 * Forget what this browser holds of one person's work: when they sign out. Others who used it before,
 * and whose session ended with work unsent, find theirs again.
 */
export async function clearJournal(userId: string): Promise<void> {
  try {
    const db = await open()
    const mine = IDBKeyRange.bound(`${userId} `, `${userId} \uffff`)
    for (const of of stores)
      await over(db.transaction(of, 'readwrite').objectStore(of).delete(mine))
    db.close()
  } catch {
    // No journal, nothing kept.
  }
}
