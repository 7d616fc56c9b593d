-- Batches ------------------------------------------------------------------------------------------

-- Every project has a batch of its own, whose id is the project's: items that nobody put elsewhere.
create table batches (
  project_id uuid not null references projects,
  batch_id uuid not null,
  name text not null,
  -- draft, open, paused, checking, delivered, accepted, rejected
  state text not null,
  requester text not null default '',
  note text not null default '',
  due_at timestamptz,
  priority smallint not null default 0,
  criteria jsonb not null default '{}',
  created_by uuid not null references users,
  created_at timestamptz not null,
  opened_at timestamptz,
  finished_at timestamptz,
  revision integer not null default 1,
  primary key (project_id, batch_id)
);
insert into batches (project_id, batch_id, name, state, created_by, created_at, opened_at)
  select project_id, project_id, '', 'open', created_by, created_at, created_at from projects;

create table batch_events (
  project_id uuid not null,
  batch_id uuid not null,
  event_id uuid not null,
  -- created, changed, draft, open, paused, checking, delivered, accepted, rejected, items-in, items-out
  kind text not null,
  user_id uuid,
  note text,
  -- figures and names: {items}, {despite}
  detail jsonb not null default '{}',
  at timestamptz not null,
  primary key (project_id, batch_id, event_id),
  foreign key (project_id, batch_id) references batches
);
create unique index batches_name on batches (project_id, lower(name));

-- What a job has to move into a batch.
create table batch_moves (
  project_id uuid not null,
  job_id uuid not null,
  batch_id uuid not null,
  -- {keys: [...]} or {filter: {...}}
  selection jsonb not null,
  created_by uuid not null references users,
  primary key (project_id, job_id),
  foreign key (project_id, job_id) references jobs
);
alter table imports add column batch_id uuid;
alter table deliveries add column batch_id uuid;
-- all; final: where an adjudicator decided, the decision alone
alter table deliveries add column answers text not null default 'all';

-- Maintained counts of a batch, in shards like the project's.
create table batch_counts (
  project_id uuid not null references projects,
  batch_id uuid not null,
  shard smallint not null,
  items bigint not null default 0,
  open bigint not null default 0,
  annotated bigint not null default 0,
  returned bigint not null default 0,
  accepted bigint not null default 0,
  skipped bigint not null default 0,
  annotations bigint not null default 0,
  reviews bigint not null default 0,
  wanted bigint not null default 0,
  done bigint not null default 0,
  -- items that wait for a verdict, a decision, an audit
  by_review bigint not null default 0,
  by_adjudicate bigint not null default 0,
  by_audit bigint not null default 0,
  primary key (project_id, batch_id, shard)
);
-- What a batch gained on a UTC day.
create table batch_days (
  project_id uuid not null references projects,
  batch_id uuid not null,
  day date not null,
  submitted integer not null default 0,
  reviewed integer not null default 0,
  returned integer not null default 0,
  accepted integer not null default 0,
  skipped integer not null default 0,
  done integer not null default 0,
  primary key (project_id, batch_id, day)
);
alter table project_counts add column wanted bigint not null default 0;
alter table project_counts add column done bigint not null default 0;
alter table project_counts add column by_review bigint not null default 0;
alter table project_counts add column by_adjudicate bigint not null default 0;
alter table project_counts add column by_audit bigint not null default 0;

-- Workflow: versioned like the task schema -----------------------------------------------------------

create table workflows (
  project_id uuid not null references projects,
  version integer not null,
  workflow jsonb not null,
  note text not null,
  created_by uuid not null references users,
  created_at timestamptz not null,
  -- follow: everything goes by it; keep: what was begun before goes on by the version before
  in_flight text not null default 'follow',
  -- the job that brings items under it, up to which ordinal it is, and when it was through
  job_id uuid,
  applied_to bigint not null default -1,
  applied_at timestamptz,
  primary key (project_id, version)
);
insert into workflows (project_id, version, workflow, note, created_by, created_at, applied_at)
  select project_id, 1, jsonb_build_object('stages', jsonb_build_array(jsonb_build_object(
      'kind', 'annotate', 'overlap', coalesce((settings->>'overlap')::int, 1), 'share', 1,
      'who', '{"roles": ["associate", "lead"], "skills": []}'::jsonb))
    || case when settings->>'review' = 'all' then jsonb_build_array(jsonb_build_object(
      'kind', 'review', 'overlap', 1, 'sampling', '{"kind": "all"}'::jsonb,
      'onReturn', 'author', 'returnsAtMost', 5,
      'who', '{"roles": ["reviewer", "lead"], "skills": []}'::jsonb)) else '[]'::jsonb end),
    '', created_by, created_at, created_at from projects;
alter table projects add column workflow_version integer not null default 1;
update projects set settings = settings - 'overlap' - 'review' || jsonb_build_object(
  'queue', '{"order": "sequential"}'::jsonb,
  'skipReasons', (select coalesce(jsonb_agg(r || '{"consequence": "others"}'::jsonb), '[]'::jsonb)
    from jsonb_array_elements(settings->'skipReasons') r));
alter table projects add column paused_at timestamptz;
alter table projects add column pause_reason text;
alter table members add column paused_at timestamptz;
alter table members add column pause_reason text;
-- at most so many items handed in on a day, and held at once; null: as the project says
alter table members add column daily_cap integer;
alter table members add column held_cap integer;

-- Items in batches, in the project's order ------------------------------------------------------------

alter table items add column batch_id uuid;
update items set batch_id = project_id;
alter table items alter column batch_id set not null;
-- place in the project's order of handing out, smallest first
alter table items add column rank bigint;
update items set rank = ordinal;
alter table items alter column rank set not null;
-- 0..1 from the import or a model; null: unknown
alter table items add column uncertainty real;
-- when a place that somebody had became free again: handed out before new items
alter table items add column freed_at timestamptz;
-- annotations that wait for a verdict
alter table items add column due smallint not null default 0;
-- where it is: annotate, review, adjudicate, audit, done
alter table items add column step text not null default 'annotate';
-- the adjudicator's or auditor's assignment
alter table items add column held_by uuid;
alter table items add column gold boolean not null default false;
-- an adjudicator decided
alter table items add column decided boolean not null default false;
update items set due = submitted where project_id in
  (select project_id from workflows where jsonb_array_length(workflow->'stages') > 1);
update items set step = case when withdrawn then 'done' when returned > 0 or submitted + accepted < wanted then 'annotate'
  when due > 0 then 'review' else 'done' end;
drop index items_slots;
create index items_queue on items (project_id, batch_id, rank) where slots > 0;
create index items_freed on items (project_id, batch_id, freed_at) where slots > 0 and freed_at is not null;
create index items_step on items (project_id, step, batch_id, ordinal)
  where step in ('adjudicate', 'audit') and held_by is null and removed_at is null;
create index items_batch on items (project_id, batch_id, ordinal);

drop table queue_positions;
-- Up to where a person has looked through a batch.
create table queue_positions (
  project_id uuid not null references projects,
  user_id uuid not null references users,
  batch_id uuid not null,
  rank bigint not null,
  primary key (project_id, user_id, batch_id)
);

alter table assignments add column batch_id uuid;
update assignments set batch_id = project_id;
alter table assignments alter column batch_id set not null;
-- work, gold, training, exam: never shown to the person
alter table assignments add column purpose text not null default 'work';
alter table assignments add column gold_id uuid;
alter table assignments add column sitting_id uuid;
alter table assignments add column assigned_by uuid references users;
-- somebody else's answers that were returned and are now this person's to start from
alter table assignments add column from_annotation_id uuid;
-- active milliseconds per field
alter table assignments add column field_ms jsonb;
-- where active_ms is from: beats (computed here), reported (the client's word, clamped)
alter table assignments add column time_source text;
drop index assignments_once;
create unique index assignments_once on assignments (project_id, user_id, item_id)
  where stage = 'annotate' and state in ('leased', 'assigned', 'deferred', 'returned', 'submitted', 'skipped');
drop index assignments_live;
create index assignments_live on assignments (user_id, project_id, state)
  where state in ('leased', 'assigned', 'deferred', 'returned');
drop index assignments_expiry;
create index assignments_expiry on assignments (project_id, lease_expires_at) where state in ('leased', 'deferred');
create index assignments_live_in on assignments (project_id, lease_expires_at)
  where state in ('leased', 'assigned', 'deferred', 'returned');

alter table annotations add column batch_id uuid;
update annotations set batch_id = project_id;
alter table annotations alter column batch_id set not null;
-- annotate; adjudicate: the decision between the others
alter table annotations add column stage text not null default 'annotate';
-- waits for a verdict
alter table annotations add column due boolean not null default false;
-- verdicts that accepted the latest revision
alter table annotations add column accepts smallint not null default 0;
alter table annotations add column returns smallint not null default 0;
update annotations set due = true where state = 'submitted' and project_id in
  (select project_id from workflows where jsonb_array_length(workflow->'stages') > 1);
drop index annotations_item;
create index annotations_withdrawn on annotations (project_id, item_id) where state = 'withdrawn';
create unique index annotations_item on annotations (project_id, item_id, author_id) where state <> 'withdrawn';
drop index annotations_to_review;
create index annotations_to_review on annotations (project_id, batch_id, submitted_at, annotation_id)
  where due and review_assignment_id is null;
alter table annotation_revisions add column field_ms jsonb;

alter table reviews add column stage text not null default 'review';
-- where on the answers: [{field, turn?, note, severity}]
alter table reviews add column marks jsonb not null default '[]';
alter table person_days add column adjudicated integer not null default 0;
alter table person_days add column audited integer not null default 0;
-- of accepted, how many a reviewer had to fix
alter table person_days add column fixed integer not null default 0;
-- What was there before counts anew.
insert into batch_counts (project_id, batch_id, shard, items, open, annotated, returned, accepted, skipped, annotations, reviews)
  select project_id, project_id, shard, items, open, annotated, returned, accepted, skipped, annotations, reviews
  from project_counts;
insert into project_counts as c (project_id, shard, wanted, done, by_review)
  select project_id, 0, sum(case when withdrawn then 0 else wanted end),
    count(*) filter (where step = 'done' and not withdrawn), count(*) filter (where step = 'review')
  from items where removed_at is null group by project_id
  on conflict (project_id, shard) do update set
    wanted = excluded.wanted, done = excluded.done, by_review = excluded.by_review;
insert into batch_counts as c (project_id, batch_id, shard, wanted, done, by_review)
  select project_id, project_id, 0, wanted, done, by_review from project_counts where shard = 0
  on conflict (project_id, batch_id, shard) do update set
    wanted = excluded.wanted, done = excluded.done, by_review = excluded.by_review;

-- Gold: trusted answers, and what people said not knowing them ------------------------------------------

create table golds (
  project_id uuid not null references projects,
  gold_id uuid not null,
  item_id uuid not null,
  -- hidden, training, exam
  use text not null,
  version integer not null,
  answers jsonb not null,
  -- other answers that count as right: [answers]
  also jsonb not null default '[]',
  explanation jsonb not null,
  schema_version integer not null,
  active boolean not null default true,
  -- 0..1: hidden gold is drawn in this order from a random place on
  shuffle double precision not null,
  answered integer not null default 0,
  correct integer not null default 0,
  created_by uuid not null references users,
  created_at timestamptz not null,
  primary key (project_id, gold_id),
  foreign key (project_id, item_id) references items
);
create unique index golds_item on golds (project_id, item_id);
create index golds_draw on golds (project_id, use, shuffle) where active;

create table gold_versions (
  project_id uuid not null,
  gold_id uuid not null,
  version integer not null,
  answers jsonb not null,
  also jsonb not null,
  explanation jsonb not null,
  reason text not null,
  created_by uuid not null references users,
  created_at timestamptz not null,
  primary key (project_id, gold_id, version),
  foreign key (project_id, gold_id) references golds
);

-- One person's answer to one gold: never an annotation, never delivered, never reviewed.
create table gold_answers (
  project_id uuid not null,
  assignment_id uuid not null,
  annotation_id uuid not null,
  gold_id uuid not null,
  gold_version integer not null,
  item_id uuid not null,
  user_id uuid not null references users,
  use text not null,
  sitting_id uuid,
  revision integer not null,
  answers jsonb not null,
  schema_version integer not null,
  correct boolean not null,
  -- agreement with the gold, 0..1, and per field
  score real not null,
  fields jsonb not null,
  active_ms bigint not null,
  hash text not null,
  answered_at timestamptz not null,
  -- from then on its person sees how it went
  shown_from timestamptz,
  primary key (project_id, assignment_id),
  foreign key (project_id, gold_id) references golds
);
create index gold_answers_person on gold_answers (project_id, user_id, answered_at desc);
create index gold_answers_gold on gold_answers (project_id, gold_id);

-- What the rate of hidden gold follows from.
create table gold_standings (
  project_id uuid not null references projects,
  user_id uuid not null references users,
  answered integer not null default 0,
  correct integer not null default 0,
  -- cumulative sum against a decline, in log-likelihood units
  cusum double precision not null default 0,
  last_at timestamptz,
  primary key (project_id, user_id)
);

create table skills (
  skill_id uuid primary key,
  name text not null unique,
  title jsonb not null,
  summary jsonb not null,
  created_by uuid not null references users,
  created_at timestamptz not null,
  retired_at timestamptz
);
create table certificates (
  certificate_id uuid primary key,
  skill_id uuid not null references skills,
  user_id uuid not null references users,
  -- exam, lead
  source text not null,
  on_project_id uuid,
  sitting_id uuid,
  note text not null default '',
  granted_by uuid references users,
  granted_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  revoked_by uuid references users
);
create index certificates_user on certificates (user_id, skill_id);

create table exams (
  project_id uuid not null references projects,
  exam_id uuid not null,
  skill_id uuid not null references skills,
  title text not null,
  -- sequential probability ratio test: refuse at p0, grant at p1, with these errors
  p0 double precision not null,
  p1 double precision not null,
  alpha double precision not null,
  beta double precision not null,
  max_items integer not null,
  valid_days integer,
  retry_days integer not null,
  active boolean not null default true,
  created_by uuid not null references users,
  created_at timestamptz not null,
  primary key (project_id, exam_id)
);
create table exam_sittings (
  project_id uuid not null,
  sitting_id uuid not null,
  exam_id uuid not null,
  user_id uuid not null references users,
  -- running, passed, failed
  state text not null,
  correct integer not null default 0,
  wrong integer not null default 0,
  started_at timestamptz not null,
  finished_at timestamptz,
  certificate_id uuid,
  primary key (project_id, sitting_id),
  foreign key (project_id, exam_id) references exams
);
create unique index exam_sittings_running on exam_sittings (project_id, exam_id, user_id) where state = 'running';

create table appeals (
  project_id uuid not null references projects,
  appeal_id uuid not null,
  -- review, gold
  kind text not null,
  review_id uuid,
  annotation_id uuid,
  gold_id uuid,
  -- of a gold: the assignment it was answered in
  assignment_id uuid,
  item_id uuid not null,
  user_id uuid not null references users,
  reason text not null,
  -- open, upheld, dismissed, withdrawn
  state text not null,
  decided_by uuid references users,
  decision text,
  created_at timestamptz not null,
  decided_at timestamptz,
  primary key (project_id, appeal_id)
);
create index appeals_state on appeals (project_id, state, appeal_id);
create index appeals_user on appeals (project_id, user_id, appeal_id);

-- Time ------------------------------------------------------------------------------------------------

-- What a page saw of a person's activity, as it came in; active time is computed from it.
create table activity_beats (
  project_id uuid not null,
  assignment_id uuid not null,
  tab uuid not null,
  seq integer not null,
  received_at timestamptz not null,
  beat jsonb not null,
  primary key (project_id, assignment_id, tab, seq)
);
create index activity_beats_age on activity_beats (project_id, received_at);

-- Handling times as a histogram of logarithmic buckets: quantiles without a scan. field '': the whole.
create table handling_times (
  project_id uuid not null references projects,
  field text not null,
  batch_id uuid not null,
  user_id uuid not null references users,
  stage text not null,
  day date not null,
  bucket smallint not null,
  n integer not null,
  -- of n, how many are the client's word
  reported integer not null default 0,
  active_ms bigint not null,
  primary key (project_id, field, batch_id, user_id, stage, day, bucket)
);

create table work_hours (
  user_id uuid primary key references users,
  zone text not null,
  -- seven lists of [fromMinute, toMinute], Monday first
  week jsonb not null,
  updated_at timestamptz not null
);
create table days_off (
  day_off_id uuid primary key,
  -- null: a holiday for all
  user_id uuid references users,
  first_day date not null,
  last_day date not null,
  title text not null,
  created_by uuid not null references users,
  created_at timestamptz not null
);
create index days_off_user on days_off (user_id, first_day);

create table forecasts (
  project_id uuid not null,
  batch_id uuid not null,
  forecast_id uuid not null,
  made_at timestamptz not null,
  forecast jsonb not null,
  primary key (project_id, batch_id, forecast_id),
  foreign key (project_id, batch_id) references batches
);
