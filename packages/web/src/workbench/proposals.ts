/** What several people answered to one item, side by side under letters. Pure. */
import { type AnswerContext, type FieldSpec, fieldKind, isAnswered } from '@kasauti/catalog'
import { type Answers, readSpot, type Spot, sameJson, spotKey } from './answers.ts'
import { type AskedSpot, askedSpots } from './asked.ts'
import type { Kit } from './kit.ts'

export type Proposal = { readonly letter: string; readonly answers: Answers }
export type ProposalRow = {
  readonly asked: AskedSpot
  readonly answers: readonly unknown[]
  /** Mean agreement over all pairs, 0..1; `undefined` with fewer than two answers. */
  readonly agreement: number | undefined
  /** Answers alike carry the same number, counted in the order of the letters; none is -1. */
  readonly groups: readonly number[]
}

/** 1 - distance of two answers as their kind compares them; an answer beside none agrees in nothing. */
function fieldAgreement(
  field: FieldSpec,
  [a, b]: readonly [unknown, unknown],
  context: AnswerContext,
): number {
  if (!isAnswered(a) && !isAnswered(b)) return 1
  if (!isAnswered(a) || !isAnswered(b)) return 0
  const kind = fieldKind(field.kind)
  const config = kind?.config.safeParse(field.config)
  const [x, y] = [kind?.shape.safeParse(a), kind?.shape.safeParse(b)]
  if (!kind || !config?.success || !x?.success || !y?.success) return sameJson(a, b) ? 1 : 0
  return 1 - kind.compare(x.data, y.data, config.data, context).distance
}

function meanAgreement(
  field: FieldSpec,
  answers: readonly unknown[],
  context: AnswerContext,
): number | undefined {
  const pairs = answers.flatMap((a, i) => answers.slice(i + 1).map((b) => [a, b] as const))
  if (pairs.length === 0) return undefined
  return pairs.reduce((sum, pair) => sum + fieldAgreement(field, pair, context), 0) / pairs.length
}

function groupsOf(
  field: FieldSpec,
  answers: readonly unknown[],
  context: AnswerContext,
): readonly number[] {
  const firsts: unknown[] = []
  return answers.map((answer) => {
    if (!isAnswered(answer)) return -1
    const known = firsts.findIndex((f) => fieldAgreement(field, [f, answer], context) === 1)
    return known >= 0 ? known : firsts.push(answer) - 1
  })
}

/** A row for each thing any of them was asked, in reading order. */
export function proposalRows(
  proposals: readonly Proposal[],
  at: { readonly kit: Kit; readonly inputs: Answers; readonly context: AnswerContext },
): readonly ProposalRow[] {
  const asked = new Map<string, AskedSpot>()
  for (const { answers } of proposals)
    for (const one of askedSpots(at.kit, at.inputs, answers)) asked.set(spotKey(one.spot), one)
  const order = new Map(at.kit.schema.fields.map((f, i) => [f.id, i]))
  const rank = ({ spot }: AskedSpot) =>
    spot.turn === undefined ? (order.get(spot.field) ?? 0) : -1
  return [...asked.values()]
    .toSorted((a, b) => rank(a) - rank(b))
    .map((one) => {
      const answers = proposals.map((p) => readSpot(p.answers, one.spot))
      return {
        asked: one,
        answers,
        agreement: meanAgreement(one.field, answers, at.context),
        groups: groupsOf(one.field, answers, at.context),
      }
    })
}

/** The proposal the answer at a place equals: its index, or -1. */
export const takenFrom = (proposals: readonly Proposal[], answers: Answers, spot: Spot): number =>
  proposals.findIndex((p) => {
    const proposed = readSpot(p.answers, spot)
    return isAnswered(proposed) && sameJson(proposed, readSpot(answers, spot))
  })

/** The fields to change so that the answers become those of a proposal, with their values. */
export function changesTo(
  proposal: Proposal,
  now: Answers,
): readonly { readonly spot: Spot; readonly value: unknown }[] {
  const fields = new Set([...Object.keys(now), ...Object.keys(proposal.answers)])
  return [...fields]
    .filter((field) => !sameJson(now[field], proposal.answers[field]))
    .map((field) => ({ spot: { field }, value: proposal.answers[field] }))
}
