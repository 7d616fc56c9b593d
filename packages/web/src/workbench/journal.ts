/**
 * The journal in IndexedDB: drafts, unsent work, items in hand and receipts of one person, of every
 * project and stage. A batch of changes is one transaction; it counts once that is complete.
 */

import type { Journal } from './keeper.ts'
import type { Waiting } from './leaving.ts'
import type { DraftEntry, JournalEffect, Kept, KeptWork, Receipt, Sending } from './session.ts'

const name = 'kasauti-journal'
const stores = ['drafts', 'outbox', 'works', 'receipts', 'shell'] as const
type Store = (typeof stores)[number]

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 3)
    request.onupgradeneeded = ({ oldVersion }) => {
      const there = request.result.objectStoreNames
      for (const store of stores)
        if (!there.contains(store)) request.result.createObjectStore(store)
      if (oldVersion === 1 && request.transaction) rekey(request.transaction)
    }
    request.onsuccess = () => {
      // A newer page of ours wants to change the stores: it must not wait for this one.
      request.result.onversionchange = () => request.result.close()
      resolve(request.result)
    }
    request.onerror = () => reject(request.error ?? new Error('no journal'))
    request.onblocked = () => reject(new Error('the journal is blocked'))
  })
}
/** Entries of the first version had project and stage in their key, `<user> <project> <stage> <id>`. */
function rekey(transaction: IDBTransaction): void {
  for (const name of ['drafts', 'outbox'] as const) {
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
/** On disk, as far as the browser says so. */
const complete = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    const failed = () => reject(transaction.error ?? new Error('the journal failed'))
    transaction.oncomplete = () => resolve()
    transaction.onabort = failed
    transaction.onerror = failed
  })

const entriesOf = (userId: string) => IDBKeyRange.bound(`${userId} `, `${userId} \uffff`)

/** One connection for the page. One that was lost, or never came to be, is opened anew. */
let connection: Promise<IDBDatabase> | undefined
function connected(): Promise<IDBDatabase> {
  if (connection) return connection
  const opening = open()
  const forget = () => {
    if (connection === opening) connection = undefined
  }
  connection = opening
  opening.then((db) => {
    db.onclose = forget
  }, forget)
  return opening
}
async function begin(
  mode: IDBTransactionMode,
  durability: IDBTransactionDurability = 'default',
): Promise<IDBTransaction> {
  try {
    return (await connected()).transaction(stores, mode, { durability })
  } catch {
    // Closed by a newer page or by the browser.
    connection = undefined
    return (await connected()).transaction(stores, mode, { durability })
  }
}

type Entry = { readonly store: Store; readonly id: string; readonly value?: unknown }
function entryOf(effect: JournalEffect): Entry {
  switch (effect.kind) {
    case 'keep-draft':
      return { store: 'drafts', id: effect.entry.assignmentId, value: effect.entry }
    case 'drop-draft':
      return { store: 'drafts', id: effect.assignmentId }
    case 'keep-sending':
      return { store: 'outbox', id: effect.sending.key, value: effect.sending }
    case 'drop-sending':
      return { store: 'outbox', id: effect.key }
    case 'keep-work':
      return { store: 'works', id: effect.kept.work.assignmentId, value: effect.kept }
    case 'drop-work':
      return { store: 'works', id: effect.assignmentId }
    case 'keep-receipt':
      return { store: 'receipts', id: effect.receipt.key, value: effect.receipt }
    case 'drop-receipt':
      return { store: 'receipts', id: effect.key }
  }
}

/** Keys are `<user> <id>`, so that nobody meets another's work. */
export function openJournal(userId: string): Journal {
  const mine = entriesOf(userId)
  return {
    async read() {
      const transaction = await begin('readonly')
      const all = <T>(store: Store) => over<T[]>(transaction.objectStore(store).getAll(mine))
      const [drafts, outbox, works, receipts] = await Promise.all([
        all<DraftEntry>('drafts'),
        all<Sending>('outbox'),
        all<KeptWork>('works'),
        all<Receipt>('receipts'),
      ])
      return {
        drafts,
        outbox: outbox.toSorted(byKey),
        works,
        receipts: receipts.toSorted((a, b) => (a.at < b.at ? 1 : -1)),
      }
    },
    async write(effects) {
      // Finished work is worth waiting for the disk, a keystroke is not.
      const durability = effects.some((e) => e.kind === 'keep-sending') ? 'strict' : 'relaxed'
      const transaction = await begin('readwrite', durability)
      const done = complete(transaction)
      for (const { store, id, value } of effects.map(entryOf)) {
        const key = `${userId} ${id}`
        if (value === undefined) transaction.objectStore(store).delete(key)
        else transaction.objectStore(store).put(value, key)
      }
      await done
    },
  }
}
const byKey = (a: Sending, b: Sending) => (a.key < b.key ? -1 : 1)

/** All that waits of one person, in every project and stage. */
export async function readWaiting(userId: string): Promise<Waiting> {
  const { drafts, outbox }: Kept = await openJournal(userId).read()
  return { drafts, outbox }
}

/**
 * What showing items needs besides them (schemas, taxonomies, projects, the person), for one person:
 * kept while there is work of theirs on this device, so that a page without a network shows it.
 */
export async function keepShell(userId: string, name: string, value: unknown): Promise<void> {
  const transaction = await begin('readwrite', 'relaxed')
  const done = complete(transaction)
  transaction.objectStore('shell').put(value, `${userId} ${name}`)
  await done
}
export async function readShell(userId: string, name: string): Promise<unknown> {
  return over((await begin('readonly')).objectStore('shell').get(`${userId} ${name}`))
}

/**
 * Forget what this browser holds of one person's work: when they sign out. Others who used it before,
 * and whose session ended with work unsent, find theirs again.
 */
export async function clearJournal(userId: string): Promise<void> {
  try {
    const transaction = await begin('readwrite', 'strict')
    const done = complete(transaction)
    for (const store of stores) transaction.objectStore(store).delete(entriesOf(userId))
    await done
  } catch {
    // No journal, nothing kept.
  }
}
