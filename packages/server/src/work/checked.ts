/** Answers from a page, checked and as they are stored. */
import {
  answerFacets,
  answersToCanonical,
  checkAnswers,
  type Presentation,
  tidyAnswers,
} from '@kasauti/catalog'
import { KasautiError } from '@kasauti/core'
import type { Ctx } from '../platform/http/handler.ts'
import { type LoadedSchema, loadSchema } from '../schema/index.ts'
import type { Work } from './resume.ts'

type Answers = Readonly<Record<string, unknown>>

export type CheckedAnswers = {
  /** As stored: candidates by their canonical ids. */
  readonly canonical: Answers
  readonly facets: readonly { field: string; value: string }[]
}

/** Answers in the page's slots, brought to canonical ids and checked. Throws `answer/invalid`. */
export async function checked(
  ctx: Ctx,
  act: { projectId: string; answers: Answers },
  { row }: Work,
): Promise<CheckedAnswers> {
  const loaded = await loadSchema(ctx.app, ctx.db, {
    projectId: act.projectId,
    version: row.schema_version,
  })
  return checkedAgainst(loaded, row, act.answers)
}

function checkedAgainst(
  loaded: LoadedSchema,
  row: { inputs: Answers; presentation: unknown },
  answers: Answers,
): CheckedAnswers {
  const context = loaded.context(row.inputs)
  const canonical = answersToCanonical(loaded.schema, answers, row.presentation as Presentation)
  const problems = checkAnswers(loaded.schema, row.inputs, canonical, context)
  if (problems.length > 0) throw new KasautiError('answer/invalid', undefined, { problems })
  const kept = tidyAnswers(loaded.schema, row.inputs, canonical)
  return { canonical: kept, facets: answerFacets(loaded.schema, kept, context) }
}
