/** Written by "npm run generate" from a migrated database. Do not edit. */
import type { ColumnType, Generated } from 'kysely'

/** Read as parsed JSON, written as JSON text: `json(value)`. */
export type Json = ColumnType<unknown, string, string>
export type JsonOrNull = ColumnType<unknown, string | null | undefined, string | null>

export type AccessTokensTable = {
  token_id: string
  user_id: string
  secret_hash: Buffer
  name: string
  created_at: Date
  last_used_at: Date | null
  expires_at: Date | null
}

export type ActivityBeatsTable = {
  project_id: string
  assignment_id: string
  tab: string
  seq: number
  received_at: Date
  beat: Json
}

export type AnnotationFacetsTable = {
  project_id: string
  field_id: string
  value: string
  ordinal: number
  annotation_id: string
  item_id: string
}

export type AnnotationRevisionsTable = {
  project_id: string
  annotation_id: string
  revision: number
  answers: Json
  schema_version: number
  sop_version: number | null
  author_id: string
  reason: string
  active_ms: number
  hash: string
  created_at: Date
  field_ms: JsonOrNull
}

export type AnnotationsTable = {
  project_id: string
  annotation_id: string
  item_id: string
  ordinal: number
  author_id: string
  assignment_id: string
  state: string
  revision: number
  answers: Json
  schema_version: number
  active_ms: number
  hash: string
  submitted_at: Date
  updated_at: Date
  review_assignment_id: string | null
  batch_id: string
  stage: Generated<string>
  due: Generated<boolean>
  accepts: Generated<number>
  returns: Generated<number>
}

export type AppealsTable = {
  project_id: string
  appeal_id: string
  kind: string
  review_id: string | null
  annotation_id: string | null
  gold_id: string | null
  assignment_id: string | null
  item_id: string
  user_id: string
  reason: string
  state: string
  decided_by: string | null
  decision: string | null
  created_at: Date
  decided_at: Date | null
}

export type AssignmentsTable = {
  project_id: string
  assignment_id: string
  item_id: string
  stage: string
  user_id: string
  state: string
  annotation_id: string | null
  schema_version: number
  presentation: Json
  draft: JsonOrNull
  draft_version: Generated<number>
  active_ms: Generated<number>
  started_at: Date
  lease_expires_at: Date
  finished_at: Date | null
  skip_reason: string | null
  skip_note: string | null
  batch_id: string
  purpose: Generated<string>
  gold_id: string | null
  sitting_id: string | null
  assigned_by: string | null
  from_annotation_id: string | null
  field_ms: JsonOrNull
  time_source: string | null
}

export type AuditEventsTable = {
  audit_id: string
  at: Date
  user_id: string | null
  what: string
  on_project_id: string | null
  detail: Json
}

export type BatchCountsTable = {
  project_id: string
  batch_id: string
  shard: number
  items: Generated<number>
  open: Generated<number>
  annotated: Generated<number>
  returned: Generated<number>
  accepted: Generated<number>
  skipped: Generated<number>
  annotations: Generated<number>
  reviews: Generated<number>
  wanted: Generated<number>
  done: Generated<number>
  by_review: Generated<number>
  by_adjudicate: Generated<number>
  by_audit: Generated<number>
}

export type BatchDaysTable = {
  project_id: string
  batch_id: string
  day: string
  submitted: Generated<number>
  reviewed: Generated<number>
  returned: Generated<number>
  accepted: Generated<number>
  skipped: Generated<number>
  done: Generated<number>
}

export type BatchEventsTable = {
  project_id: string
  batch_id: string
  event_id: string
  kind: string
  user_id: string | null
  note: string | null
  detail: Generated<Json>
  at: Date
}

export type BatchMovesTable = {
  project_id: string
  job_id: string
  batch_id: string
  selection: Json
  created_by: string
}

export type BatchesTable = {
  project_id: string
  batch_id: string
  name: string
  state: string
  requester: Generated<string>
  note: Generated<string>
  due_at: Date | null
  priority: Generated<number>
  criteria: Generated<Json>
  created_by: string
  created_at: Date
  opened_at: Date | null
  finished_at: Date | null
  revision: Generated<number>
}

export type CertificatesTable = {
  certificate_id: string
  skill_id: string
  user_id: string
  source: string
  on_project_id: string | null
  sitting_id: string | null
  note: Generated<string>
  granted_by: string | null
  granted_at: Date
  expires_at: Date | null
  revoked_at: Date | null
  revoked_by: string | null
}

export type DaysOffTable = {
  day_off_id: string
  user_id: string | null
  first_day: string
  last_day: string
  title: string
  created_by: string
  created_at: Date
}

export type DeliveriesTable = {
  project_id: string
  delivery_id: string
  job_id: string
  name: string
  formats: string[]
  states: string[]
  manifest: JsonOrNull
  snapshot_at: Date | null
  delivered: Buffer | null
  created_by: string
  created_at: Date
  batch_id: string | null
  answers: Generated<string>
}

export type EventsTable = {
  event_id: Generated<number>
  txid: Generated<string>
  kind: string
  on_project_id: string | null
  to_user_id: string | null
  payload: Json
  at: Date
}

export type ExamSittingsTable = {
  project_id: string
  sitting_id: string
  exam_id: string
  user_id: string
  state: string
  correct: Generated<number>
  wrong: Generated<number>
  started_at: Date
  finished_at: Date | null
  certificate_id: string | null
}

export type ExamsTable = {
  project_id: string
  exam_id: string
  skill_id: string
  title: string
  p0: number
  p1: number
  alpha: number
  beta: number
  max_items: number
  valid_days: number | null
  retry_days: number
  active: Generated<boolean>
  created_by: string
  created_at: Date
}

export type ForecastsTable = {
  project_id: string
  batch_id: string
  forecast_id: string
  made_at: Date
  forecast: Json
}

export type GoldAnswersTable = {
  project_id: string
  assignment_id: string
  annotation_id: string
  gold_id: string
  gold_version: number
  item_id: string
  user_id: string
  use: string
  sitting_id: string | null
  revision: number
  answers: Json
  schema_version: number
  correct: boolean
  score: number
  fields: Json
  active_ms: number
  hash: string
  answered_at: Date
  shown_from: Date | null
}

export type GoldStandingsTable = {
  project_id: string
  user_id: string
  answered: Generated<number>
  correct: Generated<number>
  cusum: Generated<number>
  last_at: Date | null
}

export type GoldVersionsTable = {
  project_id: string
  gold_id: string
  version: number
  answers: Json
  also: Json
  explanation: Json
  reason: string
  created_by: string
  created_at: Date
}

export type GoldsTable = {
  project_id: string
  gold_id: string
  item_id: string
  use: string
  version: number
  answers: Json
  also: Generated<Json>
  explanation: Json
  schema_version: number
  active: Generated<boolean>
  shuffle: number
  answered: Generated<number>
  correct: Generated<number>
  created_by: string
  created_at: Date
}

export type HandlingTimesTable = {
  project_id: string
  field: string
  batch_id: string
  user_id: string
  stage: string
  day: string
  bucket: number
  n: number
  reported: Generated<number>
  active_ms: number
}

export type IdempotencyKeysTable = {
  user_id: string
  key: string
  operation: string
  request_hash: Buffer
  status: number
  response: Json
  created_at: Date
}

export type ImportRejectsTable = {
  project_id: string
  import_id: string
  n: number
  place: string
  reason: string
  raw: string
}

export type ImportsTable = {
  project_id: string
  import_id: string
  job_id: string
  upload_id: string
  sha256: string
  file_name: string
  options: Json
  mapping: Json
  items: Generated<number>
  rejected: Generated<number>
  duplicates: Generated<number>
  resume_byte: Generated<number>
  rows_seen: Generated<number>
  created_by: string
  created_at: Date
  undone_at: Date | null
  batch_id: string | null
}

export type InvitationsTable = {
  invitation_id: string
  secret_hash: Buffer
  email: string | null
  name: string | null
  admin: boolean
  grants: Json
  invited_by: string
  created_at: Date
  expires_at: Date
  accepted_by: string | null
  accepted_at: Date | null
  revoked_at: Date | null
}

export type ItemEventsTable = {
  project_id: string
  item_id: string
  event_id: string
  kind: string
  user_id: string | null
  note: string | null
  at: Date
}

export type ItemInputsTable = {
  project_id: string
  item_id: string
  inputs: Json
  preview: string
}

export type ItemWordsTable = {
  project_id: string
  item_id: string
  ordinal: number
  words: string
}

export type ItemsTable = {
  project_id: string
  item_id: string
  ordinal: number
  key: string
  state: string
  wanted: number
  leased: Generated<number>
  submitted: Generated<number>
  returned: Generated<number>
  accepted: Generated<number>
  withdrawn: Generated<boolean>
  slots: number
  annotations: Generated<number>
  active_ms: Generated<number>
  import_id: string | null
  removed_at: Date | null
  created_at: Date
  updated_at: Date
  batch_id: string
  rank: number
  uncertainty: number | null
  freed_at: Date | null
  due: Generated<number>
  step: Generated<string>
  held_by: string | null
  gold: Generated<boolean>
  decided: Generated<boolean>
}

export type JobsTable = {
  project_id: string
  job_id: string
  kind: string
  state: string
  title: string
  progress: Json
  error: string | null
  cancel_requested: Generated<boolean>
  created_by: string
  created_at: Date
  started_at: Date | null
  finished_at: Date | null
}

export type MembersTable = {
  project_id: string
  user_id: string
  roles: string[]
  added_at: Date
  paused_at: Date | null
  pause_reason: string | null
  daily_cap: number | null
  held_cap: number | null
}

export type MigrationsTable = {
  name: string
  checksum: string
  applied_at: Generated<Date>
}

export type NotificationsTable = {
  notification_id: string
  user_id: string
  kind: string
  on_project_id: string | null
  params: Json
  href: string
  created_at: Date
  read_at: Date | null
}

export type OneTimeLinksTable = {
  secret_hash: Buffer
  purpose: string
  user_id: string | null
  created_at: Date
  expires_at: Date
  used_at: Date | null
}

export type PersonDaysTable = {
  project_id: string
  user_id: string
  day: string
  submitted: Generated<number>
  accepted: Generated<number>
  returned: Generated<number>
  skipped: Generated<number>
  reviewed: Generated<number>
  active_ms: Generated<number>
  last_at: Date
  adjudicated: Generated<number>
  audited: Generated<number>
  fixed: Generated<number>
}

export type ProjectCountsTable = {
  project_id: string
  shard: number
  items: Generated<number>
  open: Generated<number>
  annotated: Generated<number>
  returned: Generated<number>
  accepted: Generated<number>
  skipped: Generated<number>
  annotations: Generated<number>
  reviews: Generated<number>
  wanted: Generated<number>
  done: Generated<number>
  by_review: Generated<number>
  by_adjudicate: Generated<number>
  by_audit: Generated<number>
}

export type ProjectsTable = {
  project_id: string
  name: string
  summary: string
  template: string | null
  archived_at: Date | null
  created_by: string
  created_at: Date
  schema_version: number
  settings: Json
  seed: number
  next_ordinal: Generated<number>
  revision: Generated<number>
  workflow_version: Generated<number>
  paused_at: Date | null
  pause_reason: string | null
}

export type QueuePositionsTable = {
  project_id: string
  user_id: string
  batch_id: string
  rank: number
}

export type RateLimitsTable = {
  bucket: string
  tokens: number
  updated_at: Date
}

export type ReviewsTable = {
  project_id: string
  review_id: string
  annotation_id: string
  item_id: string
  ordinal: number
  assignment_id: string
  revision: number
  reviewer_id: string
  verdict: string
  note: string
  active_ms: number
  created_at: Date
  stage: Generated<string>
  marks: Generated<Json>
}

export type SavedViewsTable = {
  project_id: string
  view_id: string
  user_id: string
  name: string
  shared: boolean
  sort: string
  direction: string
  filter: Json
  created_at: Date
}

export type SessionsTable = {
  session_id: string
  user_id: string
  secret_hash: Buffer
  device: string
  created_at: Date
  last_seen_at: Date
  expires_at: Date
}

export type SkillsTable = {
  skill_id: string
  name: string
  title: Json
  summary: Json
  created_by: string
  created_at: Date
  retired_at: Date | null
}

export type TaskSchemasTable = {
  project_id: string
  version: number
  schema: Json
  note: string
  created_by: string
  created_at: Date
}

export type TaxonomiesTable = {
  project_id: string
  name: string
  version: number
  taxonomy_id: string
  title: Json
  nodes: Json
  node_count: number
  created_by: string
  created_at: Date
}

export type UploadsTable = {
  project_id: string
  upload_id: string
  file_name: string
  bytes: number
  sha256: string
  detected: Json
  confidence: number
  created_by: string
  created_at: Date
}

export type UsersTable = {
  user_id: string
  email: string
  name: string
  password_hash: string
  admin: Generated<boolean>
  disabled: Generated<boolean>
  preferences: Json
  created_at: Date
  last_seen_at: Date | null
}

export type WorkHoursTable = {
  user_id: string
  zone: string
  week: Json
  updated_at: Date
}

export type WorkflowsTable = {
  project_id: string
  version: number
  workflow: Json
  note: string
  created_by: string
  created_at: Date
  in_flight: Generated<string>
  job_id: string | null
  applied_to: Generated<number>
  applied_at: Date | null
}

export type Tables = {
  access_tokens: AccessTokensTable
  activity_beats: ActivityBeatsTable
  annotation_facets: AnnotationFacetsTable
  annotation_revisions: AnnotationRevisionsTable
  annotations: AnnotationsTable
  appeals: AppealsTable
  assignments: AssignmentsTable
  audit_events: AuditEventsTable
  batch_counts: BatchCountsTable
  batch_days: BatchDaysTable
  batch_events: BatchEventsTable
  batch_moves: BatchMovesTable
  batches: BatchesTable
  certificates: CertificatesTable
  days_off: DaysOffTable
  deliveries: DeliveriesTable
  events: EventsTable
  exam_sittings: ExamSittingsTable
  exams: ExamsTable
  forecasts: ForecastsTable
  gold_answers: GoldAnswersTable
  gold_standings: GoldStandingsTable
  gold_versions: GoldVersionsTable
  golds: GoldsTable
  handling_times: HandlingTimesTable
  idempotency_keys: IdempotencyKeysTable
  import_rejects: ImportRejectsTable
  imports: ImportsTable
  invitations: InvitationsTable
  item_events: ItemEventsTable
  item_inputs: ItemInputsTable
  item_words: ItemWordsTable
  items: ItemsTable
  jobs: JobsTable
  members: MembersTable
  migrations: MigrationsTable
  notifications: NotificationsTable
  one_time_links: OneTimeLinksTable
  person_days: PersonDaysTable
  project_counts: ProjectCountsTable
  projects: ProjectsTable
  queue_positions: QueuePositionsTable
  rate_limits: RateLimitsTable
  reviews: ReviewsTable
  saved_views: SavedViewsTable
  sessions: SessionsTable
  skills: SkillsTable
  task_schemas: TaskSchemasTable
  taxonomies: TaxonomiesTable
  uploads: UploadsTable
  users: UsersTable
  work_hours: WorkHoursTable
  workflows: WorkflowsTable
}
