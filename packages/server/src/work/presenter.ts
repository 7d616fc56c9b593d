import { answersToSlots, type Presentation, presentInputs } from '@kasauti/catalog'
import type { LoadedSchema } from '../schema/index.ts'
import type { WorkRow } from './storage.ts'

/** Blinded: inputs in the shown order, answers by slots, of a review not the author. */
export function presentWork(row: WorkRow, projectId: string, loaded: LoadedSchema) {
  const presentation = row.presentation as Presentation
  const handedIn = row.answers ? answersToSlots(loaded.schema, row.answers, presentation) : {}
  return {
    assignmentId: row.assignment_id,
    projectId,
    projectName: row.project_name,
    itemId: row.item_id,
    key: row.key,
    ordinal: row.ordinal,
    stage: row.stage,
    state: row.state,
    schemaVersion: row.schema_version,
    inputs: presentInputs(loaded.schema, row.inputs, presentation),
    answers: row.draft ?? handedIn,
    draftVersion: row.draft_version,
    leaseExpiresAt: row.lease_expires_at,
    activeMs: row.active_ms,
    ...(row.stage === 'review' && row.annotation_id ? { annotationId: row.annotation_id } : {}),
    ...returnedNote(row),
  }
}

function returnedNote(row: WorkRow) {
  const { last_verdict: verdict, last_note: note, last_by: by, last_at: at } = row
  const marks = [...(row.last_marks ?? [])]
  return verdict && note !== null && by && at ? { returned: { verdict, note, marks, by, at } } : {}
}
