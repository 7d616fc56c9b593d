/** Writes what a session wants kept to its journal, in order, and goes on trying when that fails. */
import type { JournalEffect, Kept } from './session.ts'

export type Journal = {
  read(): Promise<Kept>
  /** All of it or none. Resolves once it is kept. */
  write(effects: readonly JournalEffect[]): Promise<void>
}

export type Keeper = {
  /** Together or not at all. */
  keep(effects: readonly JournalEffect[]): void
  /** Resolves once everything handed over so far was written, or could not be. */
  tried(): Promise<void>
  stop(): void
}
type Ports = {
  readonly journal: Journal
  later(ms: number, run: () => void): () => void
  stands(how: 'good' | 'failing'): void
}

/** A write that takes longer has failed, for those who wait for it. */
const patienceMs = 4000
const againAfterMs = 5000

const keyOf = (e: JournalEffect): string => {
  switch (e.kind) {
    case 'keep-draft':
      return `draft ${e.entry.assignmentId}`
    case 'drop-draft':
      return `draft ${e.assignmentId}`
    case 'keep-sending':
      return `sending ${e.sending.key}`
    case 'drop-sending':
      return `sending ${e.key}`
    case 'keep-work':
      return `work ${e.kept.work.assignmentId}`
    case 'drop-work':
      return `work ${e.assignmentId}`
    case 'keep-receipt':
      return `receipt ${e.receipt.key}`
    case 'drop-receipt':
      return `receipt ${e.key}`
  }
}

export function createKeeper(ports: Ports): Keeper {
  /** The last wish for each entry that is not written yet: a journal that comes back gets all of it. */
  const wishes = new Map<string, JournalEffect>()
  const underWay = new Set<Promise<void>>()
  let standing: 'good' | 'failing' = 'good'
  let cancel: (() => void) | undefined

  /** Begun at once, not after the one before: the journal keeps the order, and the page may go any moment. */
  const write = (batch: ReadonlyMap<string, JournalEffect>): void => {
    const over = (how: 'good' | 'failing') => {
      if (how === 'good')
        for (const [key, wish] of batch) if (wishes.get(key) === wish) wishes.delete(key)
      standing = how
      ports.stands(how)
      if (how === 'failing') again()
    }
    let giveUp: (() => void) | undefined
    const late = new Promise<'failing'>((resolve) => {
      giveUp = ports.later(patienceMs, () => resolve('failing'))
    })
    const written = ports.journal.write([...batch.values()]).then(
      () => 'good' as const,
      () => 'failing' as const,
    )
    const writing = Promise.race([written, late]).then((how) => {
      giveUp?.()
      underWay.delete(writing)
      over(how)
    })
    underWay.add(writing)
  }
  const again = () => {
    cancel?.()
    cancel = ports.later(againAfterMs, () => {
      if (wishes.size > 0) write(new Map(wishes))
    })
  }
  return {
    keep(effects) {
      if (effects.length === 0) return
      const batch = new Map(standing === 'failing' ? wishes : [])
      for (const effect of effects) {
        const key = keyOf(effect)
        wishes.set(key, effect)
        batch.set(key, effect)
      }
      write(batch)
    },
    async tried() {
      await Promise.all(underWay)
    },
    stop() {
      cancel?.()
    },
  }
}
