/** What an adjudicator and an auditor are shown of the others' answers: blind, under letters. */
import { answersToSlots, type Presentation } from '@kasauti/catalog'
import { mix } from '@kasauti/core'
import type { Ctx } from '../platform/http/handler.ts'
import type { LoadedSchema } from '../schema/index.ts'
import { findDecision, listAnnotations } from '../workflow/index.ts'
import type { WorkRow } from './storage.ts'

type Answers = Readonly<Record<string, unknown>>
type Shown = {
  readonly answers?: Answers
  readonly proposals?: { readonly letter: string; readonly answers: Answers }[]
}

/**
 * Annotations in an order the project's seed fixes, which tells nothing of who made them. An auditor also
 * sees the answers that stand: the decision, or the only annotation.
 */
export async function proposalsOf(ctx: Ctx, row: WorkRow, loaded: LoadedSchema): Promise<Shown> {
  if (row.stage !== 'adjudicate' && row.stage !== 'audit') return {}
  const at = { projectId: row.project_id, itemId: row.item_id }
  const all = await listAnnotations(ctx.db, { ...at, itemIds: [row.item_id], answers: 'with' })
  const toSlots = (answers: Answers) =>
    answersToSlots(loaded.schema, answers, row.presentation as Presentation)
  const proposals = all
    .map((a) => ({ place: placeOf(row.seed, a.annotation_id), answers: toSlots(a.answers ?? {}) }))
    .sort((a, b) => a.place - b.place)
    .map(({ answers }, n) => ({ letter: String.fromCharCode(65 + n), answers }))
  if (row.stage === 'adjudicate') return { proposals }
  const decision = await findDecision(ctx.db, at)
  if (decision) return { answers: toSlots(decision), proposals }
  const [only, ...more] = proposals
  return only && more.length === 0 ? { answers: only.answers } : { answers: {}, proposals }
}

function placeOf(seed: number, id: string): number {
  let place = seed
  for (const c of id) place = mix(place, c.codePointAt(0) ?? 0)
  return place
}
