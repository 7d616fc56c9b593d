/** The journal in IndexedDB: drafts and unsent work of one person, of every project and stage. */
import type { Waiting } from './leaving.ts'
import type { Journal } from './runner.ts'
import type { DraftEntry, Sending } from './session.ts'

const name = 'kasauti-journal'
const stores = ['drafts', 'outbox'] as const
type Store = (typeof stores)[number]

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 2)
    request.onupgradeneeded = ({ oldVersion }) => {
      if (oldVersion < 1) for (const store of stores) request.result.createObjectStore(store)
      else if (request.transaction) rekey(request.transaction)
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('no journal'))
    request.onblocked = () => reject(new Error('the journal is blocked'))
  })
}
/** Entries of the first version had project and stage in their key, `<user> <project> <stage> <id>`. */
function rekey(transaction: IDBTransaction): void {
  for (const name of stores) {
    const store = transaction.objectStore(name)
    const cursor = store.openCursor()
    cursor.onsuccess = () => {
      const at = cursor.result
      if (at === null) return
      const [user, projectId, stage, id] = String(at.key).split(' ')
      if (id !== undefined) {
        const entry = at.value as object
        store.put(name === 'drafts' ? { projectId, stage, ...entry } : entry, `${user} ${id}`)
        at.delete()
      }
      at.continue()
    }
  }
}
const over = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('the journal failed'))
  })

const entriesOf = (userId: string) => IDBKeyRange.bound(`${userId} `, `${userId} \uffff`)

/** Keys are `<user> <id>`, so that nobody meets another's work. */
export function openJournal(userId: string): Journal {
  const db = open()
  const key = (id: string) => `${userId} ${id}`
  const mine = entriesOf(userId)
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
  const mine = entriesOf(userId)
  const of = (store: Store) => db.transaction(store, 'readonly').objectStore(store)
  const [drafts, outbox] = await Promise.all([
    over(of('drafts').getAll(mine)),
    over(of('outbox').getAll(mine)),
  ])
  db.close()
  return {
    outbox: (outbox as Sending[]).toSorted(byKey),
    drafts: drafts as DraftEntry[],
  }
}

/**
 * Forget what this browser holds of one person's work: when they sign out. Others who used it before,
 * and whose session ended with work unsent, find theirs again.
 */
export async function clearJournal(userId: string): Promise<void> {
  try {
    const db = await open()
    const mine = entriesOf(userId)
    for (const of of stores)
      await over(db.transaction(of, 'readwrite').objectStore(of).delete(mine))
    db.close()
  } catch {
    // No journal, nothing kept.
  }
}
