/** The operations log: every change of an answer can be undone and done again, over all fields. */
import { type Answers, readSpot, type Spot, sameJson, sameSpot, writeSpot } from './answers.ts'

type Op = {
  readonly spot: Spot
  readonly before: unknown
  readonly after: unknown
  readonly atMs: number
  readonly how: 'whole' | 'typing'
}
export type Log = {
  readonly answers: Answers
  readonly done: readonly Op[]
  /** Undone operations, the next to do again last. */
  readonly undone: readonly Op[]
}
export type Change = {
  readonly spot: Spot
  readonly value: unknown
  readonly how: 'whole' | 'typing'
  readonly atMs: number
}

/** Typing goes on as one operation while the pauses are shorter. */
const typingPauseMs = 1000
/** Operations kept; older ones can no longer be undone. */
const maxOps = 2000

export const newLog = (answers: Answers): Log => ({ answers, done: [], undone: [] })

/** Apply a change. What equals the present answer changes nothing and leaves the redo branch alone. */
export function change(log: Log, c: Change): Log {
  const before = readSpot(log.answers, c.spot)
  if (sameJson(before, c.value)) return log
  const answers = writeSpot(log.answers, c.spot, c.value)
  const last = log.done.at(-1)
  const goesOn =
    last !== undefined &&
    log.undone.length === 0 &&
    c.how === 'typing' &&
    last.how === 'typing' &&
    sameSpot(last.spot, c.spot) &&
    c.atMs - last.atMs <= typingPauseMs
  const op: Op = {
    spot: c.spot,
    before: goesOn ? last.before : before,
    after: c.value,
    atMs: c.atMs,
    how: c.how,
  }
  const kept = goesOn ? log.done.slice(0, -1) : log.done
  return { answers, done: [...kept, op].slice(-maxOps), undone: [] }
}

/** Take the last operation back; the spot it was at, to move the focus there. */
export function undo(log: Log): { readonly log: Log; readonly spot: Spot | undefined } {
  const op = log.done.at(-1)
  if (op === undefined) return { log, spot: undefined }
  const answers = writeSpot(log.answers, op.spot, op.before)
  return {
    log: { answers, done: log.done.slice(0, -1), undone: [...log.undone, op] },
    spot: op.spot,
  }
}

export function redo(log: Log): { readonly log: Log; readonly spot: Spot | undefined } {
  const op = log.undone.at(-1)
  if (op === undefined) return { log, spot: undefined }
  const answers = writeSpot(log.answers, op.spot, op.after)
  return {
    log: { answers, done: [...log.done, op], undone: log.undone.slice(0, -1) },
    spot: op.spot,
  }
}
