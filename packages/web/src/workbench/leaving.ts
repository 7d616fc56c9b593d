/** What the journal still holds when a person leaves: sent first, counted if it cannot be. */
import type { DraftEntry, Failure, Sending } from './session.ts'

export type Waiting = {
  readonly drafts: readonly DraftEntry[]
  readonly outbox: readonly Sending[]
}
export type LeavingPorts = {
  read(): Promise<Waiting>
  send(sending: Sending): Promise<unknown>
  saveDraft(draft: DraftEntry): Promise<unknown>
  failureOf(error: unknown): Failure
  /** Rejects when the person has waited long enough. */
  patience(): Promise<never>
}

/**
 * Sends what waits; the number of items whose answers remain only in this browser. A server out of
 * reach ends it at once: nothing else would arrive either.
 */
export async function sendWaiting(ports: LeavingPorts): Promise<number> {
  const waiting = await ports.read().catch(() => ({ drafts: [], outbox: [] }))
  const work = [
    ...waiting.outbox.map((sending) => () => ports.send(sending)),
    ...waiting.drafts
      .filter(
        (d) =>
          d.there !== 'yes' && !waiting.outbox.some((s) => s.work.assignmentId === d.assignmentId),
      )
      .map((draft) => () => ports.saveDraft(draft)),
  ]
  if (work.length === 0) return 0
  const patience = ports.patience()
  patience.catch(() => undefined)
  let left = work.length
  for (const one of work) {
    try {
      await Promise.race([one(), patience])
      left -= 1
    } catch (error) {
      if (ports.failureOf(error).kind !== 'refused') return left
    }
  }
  return left
}
