import { answersToSlots, type Presentation, presentInputs } from '@kasauti/catalog'
import type { Output } from '@kasauti/contract'
import { referenceOf, unreachable } from '@kasauti/core'
import type { Ctx } from '../platform/http/handler.ts'
import type { LoadedSchema } from '../schema/index.ts'
import type { WaitReason } from './queue-plan.ts'
import { findSkillTitles } from './queue-storage.ts'
import type { WorkRow } from './storage.ts'

/** Blinded: inputs in the shown order, answers by slots, of a review not the author. */
export function presentWork(
  row: WorkRow,
  to: { readonly projectId: string; readonly caller: Ctx['caller'] },
  loaded: LoadedSchema,
) {
  const { projectId, caller } = to
  const presentation = row.presentation as Presentation
  const handedIn = row.answers ? answersToSlots(loaded.schema, row.answers, presentation) : {}
  return {
    assignmentId: row.assignment_id,
    projectId,
    projectName: row.project_name,
    ...numbered(row, caller),
    stage: row.stage,
    state: row.state,
    schemaVersion: row.schema_version,
    inputs: presentInputs(loaded.schema, row.inputs, presentation),
    ...(row.stage === 'review'
      ? { answers: handedIn, ...(row.draft ? { draft: row.draft } : {}) }
      : { answers: row.draft ?? handedIn }),
    draftVersion: row.draft_version,
    leaseExpiresAt: row.lease_expires_at,
    activeMs: row.active_ms,
    ...inBatch(row),
    ...(row.stage === 'review' && row.annotation_id ? { annotationId: row.annotation_id } : {}),
    ...returnedNote(row),
  }
}

const inBatch = (row: Pick<WorkRow, 'batch_name' | 'due_at'>) =>
  row.batch_name === '' && row.due_at === null
    ? {}
    : { batch: { name: row.batch_name, ...(row.due_at ? { dueAt: row.due_at } : {}) } }

/** Reasons to wait, with the names of the skills that are asked for. */
export async function presentWaits(ctx: Ctx, waits: readonly WaitReason[]): Promise<Wait[]> {
  const asked = waits.flatMap((wait) => (wait.code === 'skill-needed' ? wait.skills : []))
  const known = asked.length > 0 ? await findSkillTitles(ctx.db, asked) : []
  return waits.map((wait) => presentWait(wait, known))
}

type Wait = NonNullable<Output<'work.next'>['waits']>[number]
type SkillTitles = Awaited<ReturnType<typeof findSkillTitles>>

export function presentWait(wait: WaitReason, known: SkillTitles): Wait {
  if (wait.code === 'nothing-left') return { code: wait.code }
  const { row } = wait
  const at = { code: wait.code, projectId: row.project_id, projectName: row.project_name }
  switch (wait.code) {
    case 'project-paused':
      return { ...at, ...(row.project_reason ? { reason: row.project_reason } : {}) }
    case 'member-paused':
      return { ...at, ...(row.member_reason ? { reason: row.member_reason } : {}) }
    case 'batch-paused':
      return { ...at, stage: wait.stage, batchName: row.batch_name ?? '' }
    case 'held-cap':
      return { ...at, stage: wait.stage }
    case 'daily-cap':
      return { ...at, stage: wait.stage, until: wait.until }
    case 'skill-needed':
      return {
        ...at,
        stage: wait.stage,
        skills: known
          .filter((skill) => wait.skills.includes(skill.skill_id))
          .map((skill) => ({ skillId: skill.skill_id, title: skill.title })),
      }
    default:
      return unreachable(wait)
  }
}

function returnedNote(row: WorkRow) {
  const { last_verdict: verdict, last_note: note, last_by: by, last_at: at } = row
  const marks = [...(row.last_marks ?? [])]
  return verdict && note !== null && by && at ? { returned: { verdict, note, marks, by, at } } : {}
}

type Named = {
  readonly item_id: string
  readonly key: string
  readonly ordinal: number
  readonly seed: number
  readonly blind: boolean
}
/**
 * How an item is called: by its key, or by a reference where hidden gold stands in the work. Keys,
 * ids and numbers tell what was imported together, and gold would stand out.
 */
export const nameOf = (
  row: Named,
  caller: Pick<Ctx['caller'], 'admin'>,
): { readonly key: string; readonly itemId?: string } =>
  row.blind && !caller.admin
    ? { key: referenceOf(row.ordinal, row.seed) }
    : { key: row.key, itemId: row.item_id }

const numbered = (row: Named, caller: Pick<Ctx['caller'], 'admin'>) =>
  row.blind && !caller.admin
    ? nameOf(row, caller)
    : { ...nameOf(row, caller), ordinal: row.ordinal }
