import { sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { json, storableText } from '../platform/db/index.ts'
import type { Use } from './answer-storage.ts'

type Text = { readonly en: string; readonly hi?: string | undefined }
type Answers = Record<string, unknown>
type At = { readonly projectId: string; readonly goldId: string }

/** People count as good from this share of right answers on, and this many answers. */
const goodShare = 0.8
const goodAnswers = 10
/** So many good people see it otherwise, and more than see it so: the gold is doubtful. */
const doubtfulFrom = 3

export type GoldListRow = {
  readonly gold_id: string
  readonly item_id: string
  readonly key: string
  readonly ordinal: number
  readonly seed: number
  readonly preview: string
  readonly use: Use
  readonly version: number
  readonly active: boolean
  readonly answered: number
  readonly correct: number
  readonly good_answered: number
  readonly good_correct: number
  readonly doubtful: boolean
  readonly created_by: string
  readonly created_at: Date
}

const listed = (projectId: string) => sql`
  select g.gold_id, g.item_id, i.key, i.ordinal, p.seed, n.preview, g.use, g.version, g.active, g.answered, g.correct,
    d.good_answered, d.good_correct,
    (d.good_answered - d.good_correct >= ${doubtfulFrom} and 2 * d.good_correct < d.good_answered) as doubtful,
    u.name as created_by, g.created_at
  from golds g
  join projects p on p.project_id = g.project_id
  join items i on i.project_id = g.project_id and i.item_id = g.item_id
  join item_inputs n on n.project_id = g.project_id and n.item_id = g.item_id
  join users u on u.user_id = g.created_by
  cross join lateral (
    select count(*) as good_answered, count(*) filter (where a.correct) as good_correct
    from gold_answers a
    join gold_standings s on s.project_id = a.project_id and s.user_id = a.user_id
      and s.answered >= ${goodAnswers} and s.correct >= ${goodShare}::float8 * s.answered
    where a.project_id = ${projectId} and a.gold_id = g.gold_id) d
  where g.project_id = ${projectId}`

/** Doubtful ones first, then newest; `after` is the last row of the page before. */
export async function listGold(
  db: Db,
  o: {
    projectId: string
    use: Use | undefined
    itemId: string | undefined
    active: boolean
    after: { doubtful: boolean; goldId: string } | undefined
    limit: number
  },
): Promise<GoldListRow[]> {
  const after = o.after
    ? sql`and (x.doubtful < ${o.after.doubtful} or (x.doubtful = ${o.after.doubtful} and x.gold_id < ${o.after.goldId}))`
    : sql``
  const { rows } = await sql<GoldListRow>`
    select * from (${listed(o.projectId)}
      and g.active = ${o.active} and (${o.use ?? null}::text is null or g.use = ${o.use ?? null})
      and (${o.itemId ?? null}::uuid is null or g.item_id = ${o.itemId ?? null}::uuid)) x
    where true ${after}
    order by x.doubtful desc, x.gold_id desc limit ${o.limit}`.execute(db)
  return rows
}

export async function countGold(
  db: Db,
  projectId: string,
): Promise<{ readonly hidden: number; readonly training: number; readonly exam: number }> {
  const { rows } = await sql<{ hidden: number; training: number; exam: number }>`
    select count(*) filter (where g.use = 'hidden') as hidden, count(*) filter (where g.use = 'training') as training,
      count(*) filter (where g.use = 'exam') as exam
    from golds g where g.project_id = ${projectId} and g.active`.execute(db)
  return rows[0] ?? { hidden: 0, training: 0, exam: 0 }
}

export type WholeGoldRow = GoldListRow & {
  readonly schema_version: number
  readonly answers: Answers
  readonly also: readonly Answers[]
  readonly explanation: Text
  readonly inputs: Answers
}
export async function findGold(db: Db, at: At): Promise<WholeGoldRow | undefined> {
  const { rows } = await sql<WholeGoldRow>`
    select x.*, g.schema_version, g.answers, g.also, g.explanation, n.inputs
    from (${listed(at.projectId)} and g.gold_id = ${at.goldId}) x
    join golds g on g.project_id = ${at.projectId} and g.gold_id = x.gold_id
    join item_inputs n on n.project_id = ${at.projectId} and n.item_id = x.item_id`.execute(db)
  return rows[0]
}

export type LockedGold = {
  readonly gold_id: string
  readonly item_id: string
  readonly use: Use
  readonly version: number
  readonly answers: Answers
  readonly also: readonly Answers[]
  readonly explanation: Text
  readonly active: boolean
}
/** Which item a gold is of, without a lock: the item is locked first. */
export async function findGoldItem(db: Db, at: At): Promise<string | undefined> {
  const { rows } = await sql<{ item_id: string }>`
    select g.item_id from golds g where g.project_id = ${at.projectId} and g.gold_id = ${at.goldId}`.execute(
    db,
  )
  return rows[0]?.item_id
}
export async function lockGold(db: Db, at: At): Promise<LockedGold | undefined> {
  const { rows } = await sql<LockedGold>`
    select g.gold_id, g.item_id, g.use, g.version, g.answers, g.also, g.explanation, g.active
    from golds g where g.project_id = ${at.projectId} and g.gold_id = ${at.goldId}
    for no key update`.execute(db)
  return rows[0]
}
export async function findGoldByItem(
  db: Db,
  at: { projectId: string; itemId: string },
): Promise<string | undefined> {
  const { rows } = await sql<{ gold_id: string }>`
    select g.gold_id from golds g where g.project_id = ${at.projectId} and g.item_id = ${at.itemId}`.execute(
    db,
  )
  return rows[0]?.gold_id
}

/** What checking an item's answers needs. */
export async function findItemInputs(
  db: Db,
  at: { projectId: string; itemId: string },
): Promise<
  | {
      readonly inputs: Answers
      readonly schema_version: number
      readonly seed: number
      readonly settings: Answers | null
      readonly workflow_version: number
    }
  | undefined
> {
  const { rows } = await sql<{
    inputs: Answers
    schema_version: number
    seed: number
    settings: Answers | null
    workflow_version: number
  }>`
    select n.inputs, p.schema_version, p.seed, p.settings->'gold' as settings, p.workflow_version
    from item_inputs n join projects p on p.project_id = n.project_id
    where n.project_id = ${at.projectId} and n.item_id = ${at.itemId}`.execute(db)
  return rows[0]
}

export async function findAnnotationAnswers(
  db: Db,
  at: { projectId: string; itemId: string; annotationId: string },
): Promise<Answers | undefined> {
  const { rows } = await sql<{ answers: Answers }>`
    select o.answers from annotations o
    where o.project_id = ${at.projectId} and o.annotation_id = ${at.annotationId}
      and o.item_id = ${at.itemId}`.execute(db)
  return rows[0]?.answers
}

type Content = {
  readonly answers: unknown
  readonly also: unknown
  readonly explanation: Text
}
const worded = ({ en, hi }: Text) =>
  json(hi === undefined ? { en: storableText(en) } : { en: storableText(en), hi: storableText(hi) })

export async function insertGold(
  db: Db,
  g: Content & {
    projectId: string
    goldId: string
    itemId: string
    use: Use
    schemaVersion: number
    shuffle: number
    by: string
    now: Date
  },
): Promise<void> {
  await sql`
    insert into golds (project_id, gold_id, item_id, use, version, answers, also, explanation, schema_version,
      shuffle, created_by, created_at)
    values (${g.projectId}, ${g.goldId}, ${g.itemId}, ${g.use}, 1, ${json(g.answers)}::jsonb,
      ${json(g.also)}::jsonb, ${worded(g.explanation)}::jsonb, ${g.schemaVersion}, ${g.shuffle}, ${g.by},
      ${g.now})`.execute(db)
}

export async function insertGoldVersion(
  db: Db,
  g: Content & {
    projectId: string
    goldId: string
    version: number
    reason: string
    by: string
    now: Date
  },
): Promise<void> {
  await sql`
    insert into gold_versions (project_id, gold_id, version, answers, also, explanation, reason, created_by,
      created_at)
    values (${g.projectId}, ${g.goldId}, ${g.version}, ${json(g.answers)}::jsonb, ${json(g.also)}::jsonb,
      ${worded(g.explanation)}::jsonb, ${storableText(g.reason)}, ${g.by}, ${g.now})`.execute(db)
}

export async function updateGold(
  db: Db,
  g: Content & At & { version: number; use: Use; schemaVersion: number },
): Promise<void> {
  await sql`
    update golds g set version = ${g.version}, use = ${g.use}, answers = ${json(g.answers)}::jsonb,
      also = ${json(g.also)}::jsonb, explanation = ${worded(g.explanation)}::jsonb,
      schema_version = ${g.schemaVersion}
    where g.project_id = ${g.projectId} and g.gold_id = ${g.goldId}`.execute(db)
}

export async function setActive(db: Db, at: At & { active: boolean }): Promise<void> {
  await sql`
    update golds g set active = ${at.active}
    where g.project_id = ${at.projectId} and g.gold_id = ${at.goldId}`.execute(db)
}

export type VersionRow = {
  readonly version: number
  readonly answers: Answers
  readonly also: Answers[]
  readonly explanation: Text
  readonly reason: string
  readonly by: string
  readonly at: Date
}
export async function listVersions(db: Db, at: At): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select v.version, v.answers, v.also, v.explanation, v.reason, u.name as by, v.created_at as at
    from gold_versions v join users u on u.user_id = v.created_by
    where v.project_id = ${at.projectId} and v.gold_id = ${at.goldId} order by v.version desc`.execute(
    db,
  )
  return rows
}

export type GivenRow = {
  readonly assignment_id: string
  readonly user_id: string
  readonly name: string
  readonly at: Date
  readonly answers: Answers
  readonly correct: boolean
  readonly score: number
  readonly fields: Record<string, number>
}
export async function listGiven(db: Db, at: At): Promise<GivenRow[]> {
  const { rows } = await sql<GivenRow>`
    select a.assignment_id, a.user_id, u.name, a.answered_at as at, a.answers, a.correct, a.score, a.fields
    from gold_answers a join users u on u.user_id = a.user_id
    where a.project_id = ${at.projectId} and a.gold_id = ${at.goldId}
    order by a.answered_at desc limit 200`.execute(db)
  return rows
}

export type AnswerToScore = {
  readonly assignment_id: string
  readonly user_id: string
  readonly use: Use
  readonly sitting_id: string | null
  readonly answers: Answers
  readonly correct: boolean
  readonly schema_version: number
}
/** Every answer to a gold, in order; a question passed over in an exam stays wrong. */
export async function listAnswersToScore(db: Db, at: At): Promise<AnswerToScore[]> {
  const { rows } = await sql<AnswerToScore>`
    select a.assignment_id, a.user_id, a.use, a.sitting_id, a.answers, a.correct, a.schema_version
    from gold_answers a
    where a.project_id = ${at.projectId} and a.gold_id = ${at.goldId} and a.answers <> '{}'::jsonb
    order by a.answered_at for no key update`.execute(db)
  return rows
}

export async function writeScores(
  db: Db,
  o: At & {
    version: number
    scores: readonly {
      assignmentId: string
      correct: boolean
      score: number
      fields: Readonly<Record<string, number>>
    }[]
  },
): Promise<void> {
  const { scores } = o
  await sql`
    update gold_answers a set gold_version = ${o.version}, correct = x.correct, score = x.score, fields = x.fields::jsonb
    from unnest(${scores.map((s) => s.assignmentId)}::uuid[], ${scores.map((s) => s.correct)}::boolean[],
      ${scores.map((s) => s.score)}::real[], ${scores.map((s) => json(s.fields))}::text[])
      as x (assignment_id, correct, score, fields)
    where a.project_id = ${o.projectId} and a.assignment_id = x.assignment_id`.execute(db)
  await sql`
    update golds g set answered = c.answered, correct = c.correct
    from (select count(*)::int as answered, (count(*) filter (where a.correct))::int as correct
      from gold_answers a where a.project_id = ${o.projectId} and a.gold_id = ${o.goldId}) c
    where g.project_id = ${o.projectId} and g.gold_id = ${o.goldId}`.execute(db)
}

export type PersonRow = {
  readonly user_id: string
  readonly name: string
  readonly roles: readonly string[] | null
  readonly answered: number
  readonly correct: number
  readonly cusum: number
  readonly last_at: Date | null
  readonly left: number
}
/** People who met hidden gold or may meet it, those with a decline first. */
export async function listGoldPeople(db: Db, projectId: string): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select u.user_id, u.name, m.roles, coalesce(s.answered, 0) as answered, coalesce(s.correct, 0) as correct,
      coalesce(s.cusum, 0) as cusum, s.last_at,
      (select count(*) from golds g where g.project_id = ${projectId} and g.use = 'hidden' and g.active
        and not exists (select 1 from assignments a
          where a.project_id = ${projectId} and a.user_id = u.user_id and a.item_id = g.item_id
            and a.stage = 'annotate' and a.state not in ('expired', 'released') offset 0)) as left
    from users u
    left join gold_standings s on s.project_id = ${projectId} and s.user_id = u.user_id
    left join members m on m.project_id = ${projectId} and m.user_id = u.user_id
    where s.answered > 0 or m.roles = '{associate}'::text[]
    order by coalesce(s.cusum, 0) desc, lower(u.name)`.execute(db)
  return rows
}

export type MineRow = {
  readonly assignment_id: string
  readonly gold_id: string
  readonly ordinal: number
  readonly seed: number
  readonly preview: string
  readonly answered_at: Date
  readonly correct: boolean
  readonly fields: Record<string, number>
  readonly answers: Answers
  readonly schema_version: number
  readonly presentation: unknown
  readonly inputs: Answers
  readonly right: Answers
  readonly explanation: Text
}
/** A person's answers to hidden and training gold that they may know about, newest first. */
export async function listMine(
  db: Db,
  who: { projectId: string; userId: string },
  o: { now: Date; before: { at: Date; assignmentId: string } | undefined; limit: number },
): Promise<MineRow[]> {
  const before = o.before
    ? sql`and (a.answered_at, a.assignment_id) < (${o.before.at}, ${o.before.assignmentId}::uuid)`
    : sql``
  const { rows } = await sql<MineRow>`
    select a.assignment_id, a.gold_id, i.ordinal, p.seed, n.preview, a.answered_at, a.correct, a.fields, a.answers,
      a.schema_version, s.presentation, n.inputs, g.answers as right, g.explanation
    from gold_answers a
    join golds g on g.project_id = a.project_id and g.gold_id = a.gold_id
    join projects p on p.project_id = a.project_id
    join items i on i.project_id = a.project_id and i.item_id = a.item_id
    join item_inputs n on n.project_id = a.project_id and n.item_id = a.item_id
    join assignments s on s.project_id = a.project_id and s.assignment_id = a.assignment_id
    where a.project_id = ${who.projectId} and a.user_id = ${who.userId} and a.use <> 'exam'
      and a.shown_from <= ${o.now} ${before}
    order by a.answered_at desc, a.assignment_id desc limit ${o.limit}`.execute(db)
  return rows
}

/** What a person may know of their hidden gold as a whole. */
export async function countMine(
  db: Db,
  who: { projectId: string; userId: string },
  now: Date,
): Promise<{ readonly answered: number; readonly correct: number }> {
  const { rows } = await sql<{ answered: number; correct: number }>`
    select count(*) as answered, count(*) filter (where a.correct) as correct from gold_answers a
    where a.project_id = ${who.projectId} and a.user_id = ${who.userId} and a.use = 'hidden'
      and a.shown_from <= ${now}`.execute(db)
  return rows[0] ?? { answered: 0, correct: 0 }
}

export async function countTraining(
  db: Db,
  who: { projectId: string; userId: string },
): Promise<{ readonly items: number; readonly answered: number; readonly correct: number }> {
  const { rows } = await sql<{ items: number; answered: number; correct: number }>`
    select count(*) as items, count(a.assignment_id) as answered, count(*) filter (where a.correct) as correct
    from golds g
    left join gold_answers a on a.project_id = g.project_id and a.gold_id = g.gold_id and a.user_id = ${who.userId}
    where g.project_id = ${who.projectId} and g.use = 'training'
      and (g.active or a.assignment_id is not null)`.execute(db)
  return rows[0] ?? { items: 0, answered: 0, correct: 0 }
}

export async function findProjectGold(
  db: Db,
  projectId: string,
): Promise<{ readonly name: string; readonly settings: Answers | null }> {
  const { rows } = await sql<{ name: string; settings: Answers | null }>`
    select p.name, p.settings->'gold' as settings from projects p where p.project_id = ${projectId}`.execute(
    db,
  )
  return rows[0] ?? { name: '', settings: null }
}
