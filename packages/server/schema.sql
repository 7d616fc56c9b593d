-- Written by "npm run generate" from a migrated database. Do not edit.

create table access_tokens (
  token_id uuid not null,
  user_id uuid not null,
  secret_hash bytea not null,
  name text not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  expires_at timestamp with time zone,
  constraint access_tokens_pkey PRIMARY KEY (token_id),
  constraint access_tokens_secret_hash_key UNIQUE (secret_hash),
  constraint access_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(user_id)
);
CREATE INDEX access_tokens_user ON public.access_tokens USING btree (user_id);

create table activity_beats (
  project_id uuid not null,
  assignment_id uuid not null,
  tab uuid not null,
  seq integer not null,
  received_at timestamp with time zone not null,
  beat jsonb not null,
  constraint activity_beats_pkey PRIMARY KEY (project_id, assignment_id, tab, seq)
);
CREATE INDEX activity_beats_age ON public.activity_beats USING btree (project_id, received_at);

create table annotation_facets (
  project_id uuid not null,
  field_id text not null,
  value text not null,
  ordinal bigint not null,
  annotation_id uuid not null,
  item_id uuid not null,
  constraint annotation_facets_pkey PRIMARY KEY (project_id, field_id, value, ordinal, annotation_id)
);
CREATE INDEX annotation_facets_annotation ON public.annotation_facets USING btree (project_id, annotation_id);

create table annotation_revisions (
  project_id uuid not null,
  annotation_id uuid not null,
  revision integer not null,
  answers jsonb not null,
  schema_version integer not null,
  sop_version integer,
  author_id uuid not null,
  reason text not null,
  active_ms bigint not null,
  hash text not null,
  created_at timestamp with time zone not null,
  field_ms jsonb,
  constraint annotation_revisions_pkey PRIMARY KEY (project_id, annotation_id, revision),
  constraint annotation_revisions_author_id_fkey FOREIGN KEY (author_id) REFERENCES users(user_id),
  constraint annotation_revisions_project_id_annotation_id_fkey FOREIGN KEY (project_id, annotation_id) REFERENCES annotations(project_id, annotation_id)
);

create table annotations (
  project_id uuid not null,
  annotation_id uuid not null,
  item_id uuid not null,
  ordinal bigint not null,
  author_id uuid not null,
  assignment_id uuid not null,
  state text not null,
  revision integer not null,
  answers jsonb not null,
  schema_version integer not null,
  active_ms bigint not null,
  hash text not null,
  submitted_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  review_assignment_id uuid,
  batch_id uuid not null,
  stage text default 'annotate'::text not null,
  due boolean default false not null,
  accepts smallint default 0 not null,
  returns smallint default 0 not null,
  constraint annotations_pkey PRIMARY KEY (project_id, annotation_id),
  constraint annotations_author_id_fkey FOREIGN KEY (author_id) REFERENCES users(user_id),
  constraint annotations_project_id_item_id_fkey FOREIGN KEY (project_id, item_id) REFERENCES items(project_id, item_id)
);
CREATE INDEX annotations_author ON public.annotations USING btree (project_id, author_id, ordinal);
CREATE UNIQUE INDEX annotations_item ON public.annotations USING btree (project_id, item_id, author_id) WHERE (state <> 'withdrawn'::text);
CREATE INDEX annotations_to_review ON public.annotations USING btree (project_id, batch_id, submitted_at, annotation_id) WHERE (due AND (review_assignment_id IS NULL));
CREATE INDEX annotations_withdrawn ON public.annotations USING btree (project_id, item_id) WHERE (state = 'withdrawn'::text);

create table appeals (
  project_id uuid not null,
  appeal_id uuid not null,
  kind text not null,
  review_id uuid,
  annotation_id uuid,
  gold_id uuid,
  assignment_id uuid,
  item_id uuid not null,
  user_id uuid not null,
  reason text not null,
  state text not null,
  decided_by uuid,
  decision text,
  created_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  constraint appeals_pkey PRIMARY KEY (project_id, appeal_id),
  constraint appeals_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES users(user_id),
  constraint appeals_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(project_id),
  constraint appeals_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(user_id)
);
CREATE INDEX appeals_state ON public.appeals USING btree (project_id, state, appeal_id);
CREATE INDEX appeals_user ON public.appeals USING btree (project_id, user_id, appeal_id);

create table assignments (
  project_id uuid not null,
  assignment_id uuid not null,
  item_id uuid not null,
  stage text not null,
  user_id uuid not null,
  state text not null,
  annotation_id uuid,
  schema_version integer not null,
  presentation jsonb not null,
  draft jsonb,
  draft_version integer default 0 not null,
  active_ms bigint default 0 not null,
  started_at timestamp with time zone not null,
  lease_expires_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  skip_reason text,
  skip_note text,
  batch_id uuid not null,
  purpose text default 'work'::text not null,
  gold_id uuid,
  sitting_id uuid,
  assigned_by uuid,
  from_annotation_id uuid,
  field_ms jsonb,
  time_source text,
  constraint assignments_pkey PRIMARY KEY (project_id, assignment_id),
  constraint assignments_assigned_by_fkey FOREIGN KEY (assigned_by) REFERENCES users(user_id),
  constraint assignments_project_id_item_id_fkey FOREIGN KEY (project_id, item_id) REFERENCES items(project_id, item_id),
  constraint assignments_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(user_id)
);
CREATE INDEX assignments_expiry ON public.assignments USING btree (project_id, lease_expires_at) WHERE (state = ANY (ARRAY['leased'::text, 'deferred'::text]));
CREATE INDEX assignments_item ON public.assignments USING btree (project_id, item_id);
CREATE INDEX assignments_live ON public.assignments USING btree (user_id, project_id, state) WHERE (state = ANY (ARRAY['leased'::text, 'assigned'::text, 'deferred'::text, 'returned'::text]));
CREATE INDEX assignments_live_in ON public.assignments USING btree (project_id, lease_expires_at) WHERE (state = ANY (ARRAY['leased'::text, 'assigned'::text, 'deferred'::text, 'returned'::text]));
CREATE UNIQUE INDEX assignments_once ON public.assignments USING btree (project_id, user_id, item_id) WHERE ((stage = 'annotate'::text) AND (state = ANY (ARRAY['leased'::text, 'assigned'::text, 'deferred'::text, 'returned'::text, 'submitted'::text, 'skipped'::text])));
CREATE INDEX assignments_recent ON public.assignments USING btree (project_id, user_id, stage, finished_at DESC) WHERE (finished_at IS NOT NULL);

create table audit_events (
  audit_id uuid not null,
  at timestamp with time zone not null,
  user_id uuid,
  what text not null,
  on_project_id uuid,
  detail jsonb not null,
  constraint audit_events_pkey PRIMARY KEY (audit_id)
);

create table batch_counts (
  project_id uuid not null,
  batch_id uuid not null,
  shard smallint not null,
  items bigint default 0 not null,
  open bigint default 0 not null,
  annotated bigint default 0 not null,
  returned bigint default 0 not null,
  accepted bigint default 0 not null,
  skipped bigint default 0 not null,
  annotations bigint default 0 not null,
  reviews bigint default 0 not null,
  wanted bigint default 0 not null,
  done bigint default 0 not null,
  by_review bigint default 0 not null,
  by_adjudicate bigint default 0 not null,
  by_audit bigint default 0 not null,
  constraint batch_counts_pkey PRIMARY KEY (project_id, batch_id, shard),
  constraint batch_counts_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(project_id)
);

create table batch_days (
  project_id uuid not null,
  batch_id uuid not null,
  day date not null,
  submitted integer default 0 not null,
  reviewed integer default 0 not null,
  returned integer default 0 not null,
  accepted integer default 0 not null,
  skipped integer default 0 not null,
  done integer default 0 not null,
  constraint batch_days_pkey PRIMARY KEY (project_id, batch_id, day),
  constraint batch_days_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(project_id)
);

create table batch_events (
  project_id uuid not null,
  batch_id uuid not null,
  event_id uuid not null,
  kind text not null,
  user_id uuid,
  note text,
  detail jsonb default '{}'::jsonb not null,
  at timestamp with time zone not null,
  constraint batch_events_pkey PRIMARY KEY (project_id, batch_id, event_id),
  constraint batch_events_project_id_batch_id_fkey FOREIGN KEY (project_id, batch_id) REFERENCES batches(project_id, batch_id)
);

create table batch_moves (
  project_id uuid not null,
  job_id uuid not null,
  batch_id uuid not null,
  selection jsonb not null,
  created_by uuid not null,
  constraint batch_moves_pkey PRIMARY KEY (project_id, job_id),
  constraint batch_moves_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(user_id),
  constraint batch_moves_project_id_job_id_fkey FOREIGN KEY (project_id, job_id) REFERENCES jobs(project_id, job_id)
);

create table batches (
  project_id uuid not null,
  batch_id uuid not null,
  name text not null,
  state text not null,
  requester text default ''::text not null,
  note text default ''::text not null,
  due_at timestamp with time zone,
  priority smallint default 0 not null,
  criteria jsonb default '{}'::jsonb not null,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  opened_at timestamp with time zone,
  finished_at timestamp with time zone,
  revision integer default 1 not null,
  constraint batches_pkey PRIMARY KEY (project_id, batch_id),
  constraint batches_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(user_id),
  constraint batches_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(project_id)
);
CREATE UNIQUE INDEX batches_name ON public.batches USING btree (project_id, lower(name));

create table certificates (
  certificate_id uuid not null,
  skill_id uuid not null,
  user_id uuid not null,
  source text not null,
  on_project_id uuid,
  sitting_id uuid,
  note text default ''::text not null,
  granted_by uuid,
  granted_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  revoked_by uuid,
  constraint certificates_pkey PRIMARY KEY (certificate_id),
  constraint certificates_granted_by_fkey FOREIGN KEY (granted_by) REFERENCES users(user_id),
  constraint certificates_revoked_by_fkey FOREIGN KEY (revoked_by) REFERENCES users(user_id),
  constraint certificates_skill_id_fkey FOREIGN KEY (skill_id) REFERENCES skills(skill_id),
  constraint certificates_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(user_id)
);
CREATE INDEX certificates_user ON public.certificates USING btree (user_id, skill_id);

create table days_off (
  day_off_id uuid not null,
  user_id uuid,
  first_day date not null,
  last_day date not null,
  title text not null,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  constraint days_off_pkey PRIMARY KEY (day_off_id),
  constraint days_off_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(user_id),
  constraint days_off_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(user_id)
);
CREATE INDEX days_off_user ON public.days_off USING btree (user_id, first_day);

create table deliveries (
  project_id uuid not null,
  delivery_id uuid not null,
  job_id uuid not null,
  name text not null,
  formats text[] not null,
  states text[] not null,
  manifest jsonb,
  snapshot_at timestamp with time zone,
  delivered bytea,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  batch_id uuid,
  answers text default 'all'::text not null,
  constraint deliveries_pkey PRIMARY KEY (project_id, delivery_id),
  constraint deliveries_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(user_id),
  constraint deliveries_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(project_id),
  constraint deliveries_project_id_job_id_fkey FOREIGN KEY (project_id, job_id) REFERENCES jobs(project_id, job_id)
);

create table events (
  event_id bigint generated by default as identity not null,
  txid xid8 default pg_current_xact_id() not null,
  kind text not null,
  on_project_id uuid,
  to_user_id uuid,
  payload jsonb not null,
  at timestamp with time zone not null,
  constraint events_pkey PRIMARY KEY (event_id)
);
CREATE INDEX events_order ON public.events USING btree (txid, event_id);

create table exam_sittings (
  project_id uuid not null,
  sitting_id uuid not null,
  exam_id uuid not null,
  user_id uuid not null,
  state text not null,
  correct integer default 0 not null,
  wrong integer default 0 not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  certificate_id uuid,
  constraint exam_sittings_pkey PRIMARY KEY (project_id, sitting_id),
  constraint exam_sittings_project_id_exam_id_fkey FOREIGN KEY (project_id, exam_id) REFERENCES exams(project_id, exam_id),
  constraint exam_sittings_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(user_id)
);
CREATE UNIQUE INDEX exam_sittings_running ON public.exam_sittings USING btree (project_id, exam_id, user_id) WHERE (state = 'running'::text);

create table exams (
  project_id uuid not null,
  exam_id uuid not null,
  skill_id uuid not null,
  title text not null,
  p0 double precision not null,
  p1 double precision not null,
  alpha double precision not null,
  beta double precision not null,
  max_items integer not null,
  valid_days integer,
  retry_days integer not null,
  active boolean default true not null,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  constraint exams_pkey PRIMARY KEY (project_id, exam_id),
  constraint exams_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(user_id),
  constraint exams_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(project_id),
  constraint exams_skill_id_fkey FOREIGN KEY (skill_id) REFERENCES skills(skill_id)
);

create table forecasts (
  project_id uuid not null,
  batch_id uuid not null,
  forecast_id uuid not null,
  made_at timestamp with time zone not null,
  forecast jsonb not null,
  constraint forecasts_pkey PRIMARY KEY (project_id, batch_id, forecast_id),
  constraint forecasts_project_id_batch_id_fkey FOREIGN KEY (project_id, batch_id) REFERENCES batches(project_id, batch_id)
);

create table gold_answers (
  project_id uuid not null,
  assignment_id uuid not null,
  annotation_id uuid not null,
  gold_id uuid not null,
  gold_version integer not null,
  item_id uuid not null,
  user_id uuid not null,
  use text not null,
  sitting_id uuid,
  revision integer not null,
  answers jsonb not null,
  schema_version integer not null,
  correct boolean not null,
  score real not null,
  fields jsonb not null,
  active_ms bigint not null,
  hash text not null,
  answered_at timestamp with time zone not null,
  shown_from timestamp with time zone,
  constraint gold_answers_pkey PRIMARY KEY (project_id, assignment_id),
  constraint gold_answers_project_id_gold_id_fkey FOREIGN KEY (project_id, gold_id) REFERENCES golds(project_id, gold_id),
  constraint gold_answers_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(user_id)
);
CREATE INDEX gold_answers_gold ON public.gold_answers USING btree (project_id, gold_id);
CREATE INDEX gold_answers_person ON public.gold_answers USING btree (project_id, user_id, answered_at DESC);

create table gold_standings (
  project_id uuid not null,
  user_id uuid not null,
  answered integer default 0 not null,
  correct integer default 0 not null,
  cusum double precision default 0 not null,
  last_at timestamp with time zone,
  constraint gold_standings_pkey PRIMARY KEY (project_id, user_id),
  constraint gold_standings_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(project_id),
  constraint gold_standings_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(user_id)
);

create table gold_versions (
  project_id uuid not null,
  gold_id uuid not null,
  version integer not null,
  answers jsonb not null,
  also jsonb not null,
  explanation jsonb not null,
  reason text not null,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  constraint gold_versions_pkey PRIMARY KEY (project_id, gold_id, version),
  constraint gold_versions_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(user_id),
  constraint gold_versions_project_id_gold_id_fkey FOREIGN KEY (project_id, gold_id) REFERENCES golds(project_id, gold_id)
);

create table golds (
  project_id uuid not null,
  gold_id uuid not null,
  item_id uuid not null,
  use text not null,
  version integer not null,
  answers jsonb not null,
  also jsonb default '[]'::jsonb not null,
  explanation jsonb not null,
  schema_version integer not null,
  active boolean default true not null,
  shuffle double precision not null,
  answered integer default 0 not null,
  correct integer default 0 not null,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  constraint golds_pkey PRIMARY KEY (project_id, gold_id),
  constraint golds_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(user_id),
  constraint golds_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(project_id),
  constraint golds_project_id_item_id_fkey FOREIGN KEY (project_id, item_id) REFERENCES items(project_id, item_id)
);
CREATE INDEX golds_draw ON public.golds USING btree (project_id, use, shuffle) WHERE active;
CREATE UNIQUE INDEX golds_item ON public.golds USING btree (project_id, item_id);

create table handling_times (
  project_id uuid not null,
  field text not null,
  batch_id uuid not null,
  user_id uuid not null,
  stage text not null,
  day date not null,
  bucket smallint not null,
  n integer not null,
  reported integer default 0 not null,
  active_ms bigint not null,
  constraint handling_times_pkey PRIMARY KEY (project_id, field, batch_id, user_id, stage, day, bucket),
  constraint handling_times_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(project_id),
  constraint handling_times_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(user_id)
);

create table idempotency_keys (
  user_id uuid not null,
  key text not null,
  operation text not null,
  request_hash bytea not null,
  status smallint not null,
  response jsonb not null,
  created_at timestamp with time zone not null,
  constraint idempotency_keys_pkey PRIMARY KEY (user_id, key)
);
CREATE INDEX idempotency_keys_age ON public.idempotency_keys USING btree (created_at);

create table import_rejects (
  project_id uuid not null,
  import_id uuid not null,
  n bigint not null,
  place text not null,
  reason text not null,
  raw text not null,
  constraint import_rejects_pkey PRIMARY KEY (project_id, import_id, n),
  constraint import_rejects_project_id_import_id_fkey FOREIGN KEY (project_id, import_id) REFERENCES imports(project_id, import_id)
);

create table imports (
  project_id uuid not null,
  import_id uuid not null,
  job_id uuid not null,
  upload_id uuid not null,
  sha256 text not null,
  file_name text not null,
  options jsonb not null,
  mapping jsonb not null,
  items bigint default 0 not null,
  rejected bigint default 0 not null,
  duplicates bigint default 0 not null,
  resume_byte bigint default 0 not null,
  rows_seen bigint default 0 not null,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  undone_at timestamp with time zone,
  batch_id uuid,
  constraint imports_pkey PRIMARY KEY (project_id, import_id),
  constraint imports_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(user_id),
  constraint imports_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(project_id),
  constraint imports_project_id_job_id_fkey FOREIGN KEY (project_id, job_id) REFERENCES jobs(project_id, job_id),
  constraint imports_project_id_upload_id_fkey FOREIGN KEY (project_id, upload_id) REFERENCES uploads(project_id, upload_id)
);
CREATE INDEX imports_sha ON public.imports USING btree (project_id, sha256);

create table invitations (
  invitation_id uuid not null,
  secret_hash bytea not null,
  email text,
  name text,
  admin boolean not null,
  grants jsonb not null,
  invited_by uuid not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  accepted_by uuid,
  accepted_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint invitations_pkey PRIMARY KEY (invitation_id),
  constraint invitations_secret_hash_key UNIQUE (secret_hash),
  constraint invitations_accepted_by_fkey FOREIGN KEY (accepted_by) REFERENCES users(user_id),
  constraint invitations_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES users(user_id)
);

create table item_events (
  project_id uuid not null,
  item_id uuid not null,
  event_id uuid not null,
  kind text not null,
  user_id uuid,
  note text,
  at timestamp with time zone not null,
  constraint item_events_pkey PRIMARY KEY (project_id, item_id, event_id)
);

create table item_inputs (
  project_id uuid not null,
  item_id uuid not null,
  inputs jsonb not null,
  preview text not null,
  constraint item_inputs_pkey PRIMARY KEY (project_id, item_id)
);

create table item_words (
  project_id uuid not null,
  item_id uuid not null,
  ordinal bigint not null,
  words tsvector not null,
  constraint item_words_pkey PRIMARY KEY (project_id, item_id)
);
CREATE INDEX item_words_words ON public.item_words USING gin (words);

create table items (
  project_id uuid not null,
  item_id uuid not null,
  ordinal bigint not null,
  key text not null,
  state text not null,
  wanted smallint not null,
  leased smallint default 0 not null,
  submitted smallint default 0 not null,
  returned smallint default 0 not null,
  accepted smallint default 0 not null,
  withdrawn boolean default false not null,
  slots smallint not null,
  annotations smallint default 0 not null,
  active_ms bigint default 0 not null,
  import_id uuid,
  removed_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  batch_id uuid not null,
  rank bigint not null,
  uncertainty real,
  freed_at timestamp with time zone,
  due smallint default 0 not null,
  step text default 'annotate'::text not null,
  held_by uuid,
  gold boolean default false not null,
  decided boolean default false not null,
  constraint items_pkey PRIMARY KEY (project_id, item_id),
  constraint items_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(project_id)
);
CREATE INDEX items_batch ON public.items USING btree (project_id, batch_id, ordinal);
CREATE INDEX items_freed ON public.items USING btree (project_id, batch_id, freed_at) WHERE ((slots > 0) AND (freed_at IS NOT NULL));
CREATE INDEX items_import ON public.items USING btree (project_id, import_id, ordinal);
CREATE UNIQUE INDEX items_key ON public.items USING btree (project_id, key COLLATE "C") WHERE (removed_at IS NULL);
CREATE UNIQUE INDEX items_ordinal ON public.items USING btree (project_id, ordinal);
CREATE INDEX items_queue ON public.items USING btree (project_id, batch_id, rank) WHERE (slots > 0);
CREATE INDEX items_state ON public.items USING btree (project_id, state, ordinal) WHERE (removed_at IS NULL);
CREATE INDEX items_state_active ON public.items USING btree (project_id, state, active_ms, ordinal) WHERE ((removed_at IS NULL) AND (annotations > 0));
CREATE INDEX items_state_annotations ON public.items USING btree (project_id, state, annotations, ordinal) WHERE (removed_at IS NULL);
CREATE INDEX items_state_key ON public.items USING btree (project_id, state, key COLLATE "C") WHERE (removed_at IS NULL);
CREATE INDEX items_state_updated ON public.items USING btree (project_id, state, updated_at, ordinal) WHERE ((removed_at IS NULL) AND (annotations > 0));
CREATE INDEX items_state_updated_empty ON public.items USING btree (project_id, state, updated_at, ordinal) WHERE ((removed_at IS NULL) AND (annotations = 0));
CREATE INDEX items_step ON public.items USING btree (project_id, step, batch_id, ordinal) WHERE ((step = ANY (ARRAY['adjudicate'::text, 'audit'::text])) AND (held_by IS NULL) AND (removed_at IS NULL));

create table jobs (
  project_id uuid not null,
  job_id uuid not null,
  kind text not null,
  state text not null,
  title text not null,
  progress jsonb not null,
  error text,
  cancel_requested boolean default false not null,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  constraint jobs_pkey PRIMARY KEY (project_id, job_id),
  constraint jobs_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(user_id),
  constraint jobs_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(project_id)
);

create table members (
  project_id uuid not null,
  user_id uuid not null,
  roles text[] not null,
  added_at timestamp with time zone not null,
  paused_at timestamp with time zone,
  pause_reason text,
  daily_cap integer,
  held_cap integer,
  constraint members_pkey PRIMARY KEY (project_id, user_id),
  constraint members_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(project_id),
  constraint members_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(user_id)
);
CREATE INDEX members_user ON public.members USING btree (user_id);

create table migrations (
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone default now() not null,
  constraint migrations_pkey PRIMARY KEY (name)
);

create table notifications (
  notification_id uuid not null,
  user_id uuid not null,
  kind text not null,
  on_project_id uuid,
  params jsonb not null,
  href text not null,
  created_at timestamp with time zone not null,
  read_at timestamp with time zone,
  constraint notifications_pkey PRIMARY KEY (notification_id),
  constraint notifications_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(user_id)
);
CREATE INDEX notifications_unread ON public.notifications USING btree (user_id) WHERE (read_at IS NULL);
CREATE INDEX notifications_user ON public.notifications USING btree (user_id, notification_id DESC);

create table one_time_links (
  secret_hash bytea not null,
  purpose text not null,
  user_id uuid,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint one_time_links_pkey PRIMARY KEY (secret_hash),
  constraint one_time_links_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(user_id)
);

create table person_days (
  project_id uuid not null,
  user_id uuid not null,
  day date not null,
  submitted integer default 0 not null,
  accepted integer default 0 not null,
  returned integer default 0 not null,
  skipped integer default 0 not null,
  reviewed integer default 0 not null,
  active_ms bigint default 0 not null,
  last_at timestamp with time zone not null,
  adjudicated integer default 0 not null,
  audited integer default 0 not null,
  fixed integer default 0 not null,
  constraint person_days_pkey PRIMARY KEY (project_id, user_id, day),
  constraint person_days_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(project_id),
  constraint person_days_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(user_id)
);

create table project_counts (
  project_id uuid not null,
  shard smallint not null,
  items bigint default 0 not null,
  open bigint default 0 not null,
  annotated bigint default 0 not null,
  returned bigint default 0 not null,
  accepted bigint default 0 not null,
  skipped bigint default 0 not null,
  annotations bigint default 0 not null,
  reviews bigint default 0 not null,
  wanted bigint default 0 not null,
  done bigint default 0 not null,
  by_review bigint default 0 not null,
  by_adjudicate bigint default 0 not null,
  by_audit bigint default 0 not null,
  constraint project_counts_pkey PRIMARY KEY (project_id, shard),
  constraint project_counts_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(project_id)
);

create table projects (
  project_id uuid not null,
  name text not null,
  summary text not null,
  template text,
  archived_at timestamp with time zone,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  schema_version integer not null,
  settings jsonb not null,
  seed integer not null,
  next_ordinal bigint default 1 not null,
  revision integer default 1 not null,
  workflow_version integer default 1 not null,
  paused_at timestamp with time zone,
  pause_reason text,
  constraint projects_pkey PRIMARY KEY (project_id),
  constraint projects_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(user_id)
);

create table queue_positions (
  project_id uuid not null,
  user_id uuid not null,
  batch_id uuid not null,
  rank bigint not null,
  constraint queue_positions_pkey PRIMARY KEY (project_id, user_id, batch_id),
  constraint queue_positions_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(project_id),
  constraint queue_positions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(user_id)
);

create table rate_limits (
  bucket text not null,
  tokens double precision not null,
  updated_at timestamp with time zone not null,
  constraint rate_limits_pkey PRIMARY KEY (bucket)
);

create table reviews (
  project_id uuid not null,
  review_id uuid not null,
  annotation_id uuid not null,
  item_id uuid not null,
  ordinal bigint not null,
  assignment_id uuid not null,
  revision integer not null,
  reviewer_id uuid not null,
  verdict text not null,
  note text not null,
  active_ms bigint not null,
  created_at timestamp with time zone not null,
  stage text default 'review'::text not null,
  marks jsonb default '[]'::jsonb not null,
  constraint reviews_pkey PRIMARY KEY (project_id, review_id),
  constraint reviews_project_id_annotation_id_fkey FOREIGN KEY (project_id, annotation_id) REFERENCES annotations(project_id, annotation_id),
  constraint reviews_reviewer_id_fkey FOREIGN KEY (reviewer_id) REFERENCES users(user_id)
);
CREATE INDEX reviews_annotation ON public.reviews USING btree (project_id, annotation_id);
CREATE INDEX reviews_verdict ON public.reviews USING btree (project_id, verdict, ordinal);

create table saved_views (
  project_id uuid not null,
  view_id uuid not null,
  user_id uuid not null,
  name text not null,
  shared boolean not null,
  sort text not null,
  direction text not null,
  filter jsonb not null,
  created_at timestamp with time zone not null,
  constraint saved_views_pkey PRIMARY KEY (project_id, view_id),
  constraint saved_views_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(project_id),
  constraint saved_views_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(user_id)
);
CREATE UNIQUE INDEX saved_views_name ON public.saved_views USING btree (project_id, user_id, name);

create table sessions (
  session_id uuid not null,
  user_id uuid not null,
  secret_hash bytea not null,
  device text not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint sessions_pkey PRIMARY KEY (session_id),
  constraint sessions_secret_hash_key UNIQUE (secret_hash),
  constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(user_id)
);
CREATE INDEX sessions_user ON public.sessions USING btree (user_id);

create table skills (
  skill_id uuid not null,
  name text not null,
  title jsonb not null,
  summary jsonb not null,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  retired_at timestamp with time zone,
  constraint skills_pkey PRIMARY KEY (skill_id),
  constraint skills_name_key UNIQUE (name),
  constraint skills_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(user_id)
);

create table task_schemas (
  project_id uuid not null,
  version integer not null,
  schema jsonb not null,
  note text not null,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  constraint task_schemas_pkey PRIMARY KEY (project_id, version),
  constraint task_schemas_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(user_id),
  constraint task_schemas_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(project_id)
);

create table taxonomies (
  project_id uuid not null,
  name text not null,
  version integer not null,
  taxonomy_id uuid not null,
  title jsonb not null,
  nodes jsonb not null,
  node_count integer not null,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  constraint taxonomies_pkey PRIMARY KEY (project_id, name, version),
  constraint taxonomies_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(user_id),
  constraint taxonomies_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(project_id)
);

create table uploads (
  project_id uuid not null,
  upload_id uuid not null,
  file_name text not null,
  bytes bigint not null,
  sha256 text not null,
  detected jsonb not null,
  confidence real not null,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  constraint uploads_pkey PRIMARY KEY (project_id, upload_id),
  constraint uploads_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(user_id),
  constraint uploads_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(project_id)
);

create table users (
  user_id uuid not null,
  email text not null,
  name text not null,
  password_hash text not null,
  admin boolean default false not null,
  disabled boolean default false not null,
  preferences jsonb not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone,
  constraint users_pkey PRIMARY KEY (user_id),
  constraint users_email_key UNIQUE (email)
);

create table work_hours (
  user_id uuid not null,
  zone text not null,
  week jsonb not null,
  updated_at timestamp with time zone not null,
  constraint work_hours_pkey PRIMARY KEY (user_id),
  constraint work_hours_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(user_id)
);

create table workflows (
  project_id uuid not null,
  version integer not null,
  workflow jsonb not null,
  note text not null,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  in_flight text default 'follow'::text not null,
  job_id uuid,
  applied_to bigint default '-1'::integer not null,
  applied_at timestamp with time zone,
  constraint workflows_pkey PRIMARY KEY (project_id, version),
  constraint workflows_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(user_id),
  constraint workflows_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(project_id)
);
