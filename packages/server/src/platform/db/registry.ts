/**
 * Which tables belong to one project, and which to the installation. A statement on a `project` table
 * must pin its `project_id`; keys of those tables begin with it. A new table is a type error here.
 */
import type { Tables } from './tables.ts'

export type TableScope = 'project' | 'instance'

export const tableScopes: Readonly<Record<keyof Tables, TableScope>> = {
  migrations: 'instance',
  users: 'instance',
  sessions: 'instance',
  access_tokens: 'instance',
  one_time_links: 'instance',
  invitations: 'instance',
  rate_limits: 'instance',
  idempotency_keys: 'instance',
  notifications: 'instance',
  audit_events: 'instance',
  events: 'instance',
  skills: 'instance',
  certificates: 'instance',
  work_hours: 'instance',
  days_off: 'instance',
  projects: 'project',
  members: 'project',
  task_schemas: 'project',
  taxonomies: 'project',
  project_counts: 'project',
  person_days: 'project',
  jobs: 'project',
  uploads: 'project',
  imports: 'project',
  import_rejects: 'project',
  items: 'project',
  item_inputs: 'project',
  item_words: 'project',
  assignments: 'project',
  queue_positions: 'project',
  annotations: 'project',
  annotation_revisions: 'project',
  annotation_facets: 'project',
  reviews: 'project',
  item_events: 'project',
  deliveries: 'project',
  saved_views: 'project',
  batches: 'project',
  batch_events: 'project',
  batch_counts: 'project',
  batch_days: 'project',
  batch_moves: 'project',
  workflows: 'project',
  golds: 'project',
  gold_versions: 'project',
  gold_answers: 'project',
  gold_standings: 'project',
  exams: 'project',
  exam_sittings: 'project',
  appeals: 'project',
  activity_beats: 'project',
  handling_times: 'project',
  forecasts: 'project',
}

/** The scope of a table by name; undefined for one nobody has classified. */
export const tableScope = (name: string): TableScope | undefined =>
  Object.hasOwn(tableScopes, name) ? tableScopes[name as keyof Tables] : undefined
