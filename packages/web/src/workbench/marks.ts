/** A reviewer's marks on places of the answers, and what became of them. Pure. */
import { type Answers, readSpot, type Spot, sameJson, sameSpot } from './answers.ts'
import type { Desk, Mark } from './session.ts'

export type PlacedMark = Mark & {
  /** Of returned work: whether the answer at the place was changed since it came back. */
  readonly standing: 'open' | 'changed'
}

export const severities = ['minor', 'major', 'critical'] as const
export type Severity = Mark['severity']

/** The marks of a desk: of a review its own, of returned work the reviewer's. */
export function marksOf(desk: Desk): readonly PlacedMark[] {
  const { returned, answers } = desk.work
  if (desk.mode !== 'answer') return desk.marks.map((m) => ({ ...m, standing: 'open' }))
  return (returned?.marks ?? []).map((m) => ({
    ...m,
    standing: changedAt(m, { before: answers, now: desk.log.answers }),
  }))
}

const changedAt = (
  spot: Spot,
  answers: { readonly before: Answers; readonly now: Answers },
): PlacedMark['standing'] =>
  sameJson(readSpot(answers.before, spot), readSpot(answers.now, spot)) ? 'open' : 'changed'

export const marksAt = (marks: readonly PlacedMark[], spot: Spot): readonly PlacedMark[] =>
  marks.filter((m) => sameSpot(m, spot))

/** The first place asked about, in reading order, with a mark nobody has seen to. */
export const firstMarked = (
  spots: readonly { readonly spot: Spot }[],
  marks: readonly PlacedMark[],
): Spot | undefined =>
  spots.find(({ spot }) => marksAt(marks, spot).some((m) => m.standing === 'open'))?.spot

/** The notes of marks as lines under their places' titles: where a note about the whole begins. */
export const notesOf = (marks: readonly Mark[], title: (spot: Spot) => string): string =>
  marks.map((m) => `${title(m)} – ${m.note}`).join('\n')
