/** What is asked of an item now, where it stands on the page, and where to go next. Pure. */
import {
  type Asked,
  askedFields,
  checkAnswers,
  type FieldSpec,
  fieldKind,
  isAnswered,
  tidyAnswers,
} from '@kasauti/catalog'
import type { FieldEditor } from '@kasauti/catalog/browser'
import type { Problem } from '@kasauti/core'
import { type Answers, readSpot, type Spot, sameSpot, spotKey } from './answers.ts'
import { contextOf, type Kit } from './kit.ts'

export type AskedSpot = {
  readonly spot: Spot
  readonly field: FieldSpec
  readonly editor: FieldEditor
  readonly candidates: readonly string[]
}
type Inputs = Readonly<Record<string, unknown>>

const spotOf = ({ field, turnId }: Asked): Spot =>
  turnId === undefined ? { field: field.id } : { field: field.id, turn: turnId }

/** Fields asked now, in reading order: turn by turn, then those of the item. */
export function askedSpots(kit: Kit, inputs: Inputs, answers: Answers): readonly AskedSpot[] {
  const { candidates } = contextOf(kit, inputs)
  const found = askedFields(kit.schema, inputs, answers).flatMap((asked): AskedSpot[] => {
    const editor = kit.editors.get(asked.field.kind)
    if (!editor) return []
    const compares = fieldKind(asked.field.kind)?.comparesCandidates(asked.field.config)
    return [
      {
        spot: spotOf(asked),
        field: asked.field,
        editor,
        candidates: compares ? (candidates[compares.input] ?? []) : [],
      },
    ]
  })
  const turns = new Map<string, number>()
  for (const { spot } of found)
    if (spot.turn !== undefined && !turns.has(spot.turn)) turns.set(spot.turn, turns.size)
  const order = turnOrder(kit, inputs)
  const rank = ({ spot }: AskedSpot) =>
    spot.turn === undefined
      ? Number.MAX_SAFE_INTEGER
      : (order.get(spot.turn) ?? turns.get(spot.turn) ?? 0)
  return found.toSorted((a, b) => rank(a) - rank(b))
}

function turnOrder(kit: Kit, inputs: Inputs): ReadonlyMap<string, number> {
  const order = new Map<string, number>()
  for (const spec of kit.schema.inputs) {
    const messages = (inputs[spec.id] as { messages?: readonly { id: string }[] } | undefined)
      ?.messages
    for (const message of messages ?? []) order.set(message.id, order.size)
  }
  return order
}

/** The first spot without an answer after `from` (all around), or `undefined` when everything is answered. */
export function nextUnanswered(
  spots: readonly AskedSpot[],
  answers: Answers,
  from: Spot | undefined,
): Spot | undefined {
  const at = spots.findIndex((s) => sameSpot(s.spot, from))
  const around = [...spots.slice(at + 1), ...spots.slice(0, at + 1)]
  return around.find(({ spot }) => !isAnswered(readSpot(answers, spot)))?.spot
}

/** Where work on an item begins: what is not answered yet; of an item that is complete, its first spot. */
export function firstToDo(spots: readonly AskedSpot[], answers: Answers): Spot | undefined {
  const needed = spots.some((s) => s.field.required && !isAnswered(readSpot(answers, s.spot)))
  return (needed ? nextUnanswered(spots, answers, undefined) : undefined) ?? spots[0]?.spot
}

export function neighbour(
  spots: readonly AskedSpot[],
  from: Spot | undefined,
  step: 1 | -1,
): Spot | undefined {
  const at = spots.findIndex((s) => sameSpot(s.spot, from))
  if (at < 0) return spots[0]?.spot
  return spots[Math.max(0, Math.min(spots.length - 1, at + step))]?.spot
}

/** What would be sent, and what is wrong with it. */
export function readyToSend(
  kit: Kit,
  inputs: Inputs,
  answers: Answers,
): { readonly answers: Answers; readonly problems: readonly Problem[] } {
  const tidy = tidyAnswers(kit.schema, inputs, answers)
  return { answers: tidy, problems: checkAnswers(kit.schema, inputs, tidy, contextOf(kit, inputs)) }
}

/** The problems of one spot. Paths are `answers.topic`, `answers.quality.t2`, and deeper. */
export function problemsAt(problems: readonly Problem[], spot: Spot): readonly Problem[] {
  const path = `answers.${spotKey(spot)}`
  return problems.filter((p) => p.path === path || p.path.startsWith(`${path}.`))
}

/** The spot the first problem belongs to. */
export const firstWrong = (
  spots: readonly AskedSpot[],
  problems: readonly Problem[],
): Spot | undefined => spots.find(({ spot }) => problemsAt(problems, spot).length > 0)?.spot

/** The marks of all answers that speak of candidates, by slot. */
export function candidateMarks(
  spots: readonly AskedSpot[],
  answers: Answers,
): Readonly<Record<string, string>> {
  const marks: Record<string, string> = {}
  for (const { spot, editor } of spots) {
    const answer = readSpot(answers, spot)
    if (answer !== undefined) Object.assign(marks, editor.tool.marks?.(answer))
  }
  return marks
}

/** Where the item's fields go: under the inputs when they compare what stands side by side there. */
export function layoutOf(spots: readonly AskedSpot[]): {
  readonly side: readonly AskedSpot[]
  readonly below: readonly AskedSpot[]
} {
  const ofItem = spots.filter((s) => s.spot.turn === undefined)
  const compares = ofItem.filter((s) => s.editor.placement === 'below')
  const others = ofItem.filter((s) => s.editor.placement !== 'below')
  const small = others.length <= 1 && others.every((s) => s.field.kind === 'text')
  return compares.length > 0 && small
    ? { side: [], below: ofItem }
    : { side: others, below: compares }
}
