import { projectRoles } from '@kasauti/core'
import { meetsGold } from '../gold/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import type { Counts, PersonRow, ProjectRow } from './storage.ts'

/** The version of a project's settings, as an entity tag. */
export const etagOf = (revision: number): string => `"${revision}"`

export const presentCounts = (row: Counts): Counts => ({
  items: row.items,
  open: row.open,
  annotated: row.annotated,
  returned: row.returned,
  accepted: row.accepted,
  skipped: row.skipped,
  annotations: row.annotations,
  reviews: row.reviews,
  wanted: row.wanted,
  done: row.done,
})

export const presentProject = (row: ProjectRow, caller: Ctx['caller']) => ({
  projectId: row.project_id,
  name: row.name,
  summary: row.summary,
  ...(row.template === null ? {} : { template: row.template }),
  archived: row.archived_at !== null,
  ...(row.paused_at ? { paused: { at: row.paused_at, reason: row.pause_reason ?? '' } } : {}),
  createdAt: row.created_at,
  createdBy: row.created_by,
  schemaVersion: row.schema_version,
  settings: row.settings,
  ...(isBlind(row, caller) ? {} : { counts: presentCounts(row) }),
  myRoles: caller.admin ? [...projectRoles] : (row.roles ?? []),
  etag: etagOf(row.revision),
})

const isBlind = (row: ProjectRow, caller: Ctx['caller']): boolean =>
  !caller.admin && meetsGold({ hidden: row.settings.gold?.hidden, roles: row.roles })

export const presentPerson = (row: PersonRow) => ({
  userId: row.user_id,
  name: row.name,
  submitted: row.submitted,
  accepted: row.accepted,
  returned: row.returned,
  skipped: row.skipped,
  reviewed: row.reviewed,
  ...(row.last_at === null ? {} : { lastAt: row.last_at }),
})
