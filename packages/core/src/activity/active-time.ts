import type { ActivityKind, ReceivedBeat } from './beat.ts'
import { type Piece, type Track, tracksOf } from './track.ts'

/** Time counts for this long after the last touch, unless media play. */
export const idleCutOffMs = 30_000

export type ActiveInterval = {
  /** Milliseconds since 1970, by the server's clock. */
  readonly fromMs: number
  readonly toMs: number
  readonly field?: string | undefined
}
export type ActiveTime = {
  readonly activeMs: number
  /** Milliseconds by field, of the time in which a field had the focus. */
  readonly fieldMs: Readonly<Record<string, number>>
  /** In order, apart from one another. */
  readonly intervals: readonly ActiveInterval[]
}

/**
 * Active time of one session of one assignment: from being taken up to its end.
 *
 * The rule: time is active while the item is on a visible page that has the focus, up to 30 seconds
 * after the last touch (key, pointer, wheel, scroll, input), and without that limit while media play
 * there. Time in which the machine slept, and time of which no beat tells, is not active.
 *
 * What a page says is evidence, the server's clock decides. A tab's monotonic clock can stop but never
 * runs ahead, so a moment `m` of a tab is no later than `receivedAt - (sent - m)` for every beat sent
 * after it: the smallest of these places it on the server's time line, wherever a beat was slow, late or
 * came again. So no two beats of a tab can be further apart than the server saw them. What is placed
 * outside the session is cut off, and time lines of several tabs are united, so that nothing is counted
 * twice and never more than passed between start and end.
 *
 * Total: beats may come in any order, twice, not at all, or be nonsense.
 *
 * @param session start and end by the server's clock, milliseconds since 1970
 */
export function activeTime(
  beats: readonly ReceivedBeat[],
  session: { readonly startedAtMs: number; readonly endedAtMs: number },
): ActiveTime {
  const pieces = tracksOf(beats, session.startedAtMs).flatMap(activePieces)
  return united(pieces, session)
}

type State = {
  visible: 'yes' | 'no'
  focused: 'yes' | 'no'
  playing: 'yes' | 'no'
  awake: 'yes' | 'no'
  lastTouchMs: number
  field: string | undefined
}
const unseen = { visible: 'no', focused: 'no', playing: 'no', awake: 'yes' } as const

function notice(state: State, kind: ActivityKind | 'lost', at: Piece): void {
  switch (kind) {
    case 'touch':
      state.lastTouchMs = at.fromMs
      break
    case 'play':
    case 'pause':
      state.playing = kind === 'play' ? 'yes' : 'no'
      break
    case 'show':
    case 'hide':
      state.visible = kind === 'show' ? 'yes' : 'no'
      break
    case 'focus':
      state.focused = 'yes'
      state.field = at.field
      break
    case 'blur':
      state.focused = 'no'
      break
    case 'sleep':
    case 'wake':
      state.awake = kind === 'wake' ? 'yes' : 'no'
      break
    case 'lost':
      Object.assign(state, unseen)
  }
}

/** Active pieces of one tab, placed on the server's time line. */
function activePieces(track: Track): Piece[] {
  const state: State = { ...unseen, lastTouchMs: Number.NEGATIVE_INFINITY, field: undefined }
  const pieces: Piece[] = []
  const { marks } = track
  for (const [i, mark] of marks.entries()) {
    const nextMs = marks[i + 1]?.atMs ?? track.endMs
    notice(state, mark.kind, { fromMs: mark.atMs, toMs: nextMs, field: mark.field })
    if (state.visible === 'no' || state.focused === 'no' || state.awake === 'no') continue
    const toMs =
      state.playing === 'yes' ? nextMs : Math.min(nextMs, state.lastTouchMs + idleCutOffMs)
    if (toMs <= mark.atMs) continue
    pieces.push({
      fromMs: mark.atMs + mark.offsetMs,
      toMs: toMs + mark.offsetMs,
      field: state.field,
    })
  }
  return pieces
}

const byPlace = (a: Piece, b: Piece): number =>
  a.fromMs - b.fromMs || a.toMs - b.toMs || ((a.field ?? '') < (b.field ?? '') ? -1 : 1)

/** The union; where tabs overlap, the field is that of the one that began earlier. */
function united(
  pieces: readonly Piece[],
  session: { readonly startedAtMs: number; readonly endedAtMs: number },
): ActiveTime {
  const intervals: ActiveInterval[] = []
  const fields = new Map<string, number>()
  let activeMs = 0
  let counted = session.startedAtMs
  for (const piece of pieces.toSorted(byPlace)) {
    const fromMs = Math.max(piece.fromMs, counted)
    const toMs = Math.min(piece.toMs, session.endedAtMs)
    if (toMs <= fromMs) continue
    counted = toMs
    activeMs += toMs - fromMs
    if (piece.field !== undefined)
      fields.set(piece.field, (fields.get(piece.field) ?? 0) + toMs - fromMs)
    const last = intervals.at(-1)
    if (last?.toMs === fromMs && last.field === piece.field)
      intervals[intervals.length - 1] = { ...last, toMs }
    else
      intervals.push({ fromMs, toMs, ...(piece.field === undefined ? {} : { field: piece.field }) })
  }
  return { activeMs, fieldMs: Object.fromEntries(fields), intervals }
}
