import type { Ctx } from '../platform/http/handler.ts'
import { type Subject, workflowOfItem } from '../workflow/index.ts'
import type { Work } from './resume.ts'

/** The item of an assignment under lock, for the engine: with the workflow it goes by. */
export async function subjectOf(
  ctx: Ctx,
  projectId: string,
  { row, item }: Work,
): Promise<Subject> {
  const at = { projectId, itemId: item.itemId, version: row.workflow_version }
  return {
    projectId,
    item,
    seed: row.seed,
    inputs: row.inputs,
    schemaVersion: row.schema_version,
    workflow: await workflowOfItem(ctx.app, ctx.db, at),
  }
}
