/**
 * A journal without a browser: it outlives the sessions that write to it, as IndexedDB outlives a page,
 * and may be full. For tests and fault injection.
 */
import type { Journal } from './keeper.ts'
import type { DraftEntry, JournalEffect, KeptWork, Receipt, Sending } from './session.ts'

export type MemoryJournal = {
  readonly journal: Journal
  /** `full`: every write fails, as on a full disk. `hangs`: none ever ends. */
  disk(state: 'good' | 'full' | 'hangs'): void
  /** How often a write was refused. */
  refusals(): number
}

/** Copies, as a disk makes them: what is changed later is not changed here. */
const copied = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

export function memoryJournal(): MemoryJournal {
  const drafts = new Map<string, DraftEntry>()
  const outbox = new Map<string, Sending>()
  const works = new Map<string, KeptWork>()
  const receipts = new Map<string, Receipt>()
  let disk: 'good' | 'full' | 'hangs' = 'good'
  let refusals = 0
  const put = (effect: JournalEffect): unknown => {
    switch (effect.kind) {
      case 'keep-draft':
        return drafts.set(effect.entry.assignmentId, copied(effect.entry))
      case 'drop-draft':
        return drafts.delete(effect.assignmentId)
      case 'keep-sending':
        return outbox.set(effect.sending.key, copied(effect.sending))
      case 'drop-sending':
        return outbox.delete(effect.key)
      case 'keep-work':
        return works.set(effect.kept.work.assignmentId, copied(effect.kept))
      case 'drop-work':
        return works.delete(effect.assignmentId)
      case 'keep-receipt':
        return receipts.set(effect.receipt.key, copied(effect.receipt))
      case 'drop-receipt':
        return receipts.delete(effect.key)
    }
  }
  return {
    journal: {
      read: async () => ({
        drafts: [...drafts.values()].map(copied),
        outbox: [...outbox.values()].map(copied).toSorted((a, b) => (a.key < b.key ? -1 : 1)),
        works: [...works.values()].map(copied),
        receipts: [...receipts.values()].map(copied).toSorted((a, b) => (a.at < b.at ? 1 : -1)),
      }),
      async write(effects) {
        if (disk === 'hangs') return new Promise(() => undefined)
        if (disk === 'full') {
          refusals += 1
          throw new Error('the disk is full')
        }
        for (const effect of effects) put(effect)
      },
    },
    disk: (state) => {
      disk = state
    },
    refusals: () => refusals,
  }
}
