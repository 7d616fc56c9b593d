/** What the beats of one tab say together, with the way from its clock to the server's. */
import type { ActivityKind, ReceivedBeat } from './beat.ts'

export type Piece = {
  readonly fromMs: number
  readonly toMs: number
  readonly field: string | undefined
}
type Placed = {
  readonly atMs: number
  /** `lost`: a beat is missing from here on. */
  readonly kind: ActivityKind | 'lost'
  readonly field: string | undefined
  /** What to add to the tab's clock for the server's; never smaller than at an earlier mark. */
  readonly offsetMs: number
}
export type Track = {
  /** In the order of the tab's clock. */
  readonly marks: readonly Placed[]
  /** When its last beat was closed: nothing is known of later. */
  readonly endMs: number
}

/** The tracks of all tabs; the order of the beats does not matter. */
export function tracksOf(beats: readonly ReceivedBeat[], startedAtMs: number): Track[] {
  const latest = latestWall(beats)
  const tabs = new Map<string, Closed[]>()
  for (const beat of beats.toSorted(earliestFirst)) {
    if (!Number.isFinite(beat.sentMs) || !Number.isFinite(beat.receivedAtMs)) continue
    const wallMs = Number.isFinite(beat.wallMs) ? beat.wallMs : 0
    const behindMs = (latest.get(beat.receivedAtMs) ?? wallMs) - wallMs
    const of = tabs.get(beat.tab) ?? []
    if (of.length === 0) tabs.set(beat.tab, of)
    // Beats that came twice: what came first counts.
    if (of.at(-1)?.seq === beat.seq) continue
    of.push({ ...beat, sentMs: bounded(beat.sentMs), behindMs: Math.max(0, behindMs) })
  }
  return [...tabs.values()].map((of) => trackOf(of, startedAtMs))
}

/** `behindMs`: how long before the newest beat of the same request it was closed, by the wall clock. */
type Closed = ReceivedBeat & { readonly behindMs: number }

/** Of each request, told by the moment it arrived, the newest beat by its machine's wall clock. */
function latestWall(beats: readonly ReceivedBeat[]): ReadonlyMap<number, number> {
  const latest = new Map<number, number>()
  for (const { receivedAtMs, wallMs } of beats)
    if (Number.isFinite(wallMs) && wallMs > (latest.get(receivedAtMs) ?? Number.NEGATIVE_INFINITY))
      latest.set(receivedAtMs, wallMs)
  return latest
}

function earliestFirst(a: ReceivedBeat, b: ReceivedBeat): number {
  if (a.tab !== b.tab) return a.tab < b.tab ? -1 : 1
  return (
    a.seq - b.seq ||
    a.receivedAtMs - b.receivedAtMs ||
    a.sentMs - b.sentMs ||
    (JSON.stringify(a.marks) < JSON.stringify(b.marks) ? -1 : 1)
  )
}

/** Whole milliseconds, small enough to be added exactly. */
const bounded = (ms: number): number => Math.round(Math.min(1e14, Math.max(-1e14, ms)))

type Unplaced = Omit<Placed, 'offsetMs'>

function trackOf(beats: readonly Closed[], startedAtMs: number): Track {
  const sent: number[] = []
  const marks: Unplaced[] = []
  let endMs = Number.NEGATIVE_INFINITY
  for (const [i, beat] of beats.entries()) {
    const before = beats[i - 1]
    if (before && beat.seq !== before.seq + 1)
      marks.push({ atMs: endMs, kind: 'lost', field: undefined })
    // A monotonic clock does not go back; a mark later than its beat is a lie.
    endMs = Math.max(endMs, beat.sentMs)
    sent.push(endMs)
    for (const [atMs, kind, field] of beat.marks)
      if (atMs <= endMs) marks.push({ atMs: bounded(atMs), kind, field: field || undefined })
  }
  const inOrder = marks.toSorted((a, b) => a.atMs - b.atMs)
  return { marks: placed(inOrder, { beats, sent, startedAtMs }), endMs }
}

/**
 * Between two awakenings a tab's clock runs with the server's, so one offset holds: the smallest seen in
 * a beat closed after the awakening (see `activeTime`). The wall clock's word on beats that came along
 * with newer ones may put it earlier, though not before the session, in which the item was first shown.
 */
function placed(
  marks: readonly Unplaced[],
  o: { beats: readonly Closed[]; sent: readonly number[]; startedAtMs: number },
): Placed[] {
  const { beats, sent } = o
  const latest: number[] = []
  const hinted: number[] = []
  for (let i = beats.length - 1; i >= 0; i--) {
    const beat = beats[i]
    if (!beat) continue
    const offset = beat.receivedAtMs - (sent[i] ?? 0)
    latest[i] = Math.min(offset, latest[i + 1] ?? offset)
    hinted[i] = Math.min(offset - beat.behindMs, hinted[i + 1] ?? offset - beat.behindMs)
  }
  const shown = marks.find((m) => m.kind === 'show')?.atMs
  const floor = shown === undefined ? Number.NEGATIVE_INFINITY : o.startedAtMs - shown
  const offsetFrom = (i: number): number =>
    Math.min(latest[i] ?? 0, Math.max(hinted[i] ?? 0, floor))
  let from = 0
  return marks.map((mark) => {
    if (mark.kind === 'wake')
      while (from < sent.length - 1 && (sent[from] ?? 0) < mark.atMs) from += 1
    return { ...mark, offsetMs: offsetFrom(from) }
  })
}
