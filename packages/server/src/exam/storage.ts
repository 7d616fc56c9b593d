import type { ExamRule } from '@kasauti/core'
import { sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { storableText, unscoped } from '../platform/db/index.ts'

export type ExamRow = {
  readonly exam_id: string
  readonly skill_id: string
  readonly skill_title: { readonly en: string; readonly hi?: string }
  readonly title: string
  readonly p0: number
  readonly p1: number
  readonly alpha: number
  readonly beta: number
  readonly max_items: number
  readonly valid_days: number | null
  readonly retry_days: number
  readonly active: boolean
  readonly questions: number
  readonly passed: number
  readonly failed: number
  readonly running: number
}
export const ruleOf = (
  row: Pick<ExamRow, 'p0' | 'p1' | 'alpha' | 'beta' | 'max_items'>,
): ExamRule => ({
  p0: row.p0,
  p1: row.p1,
  alpha: row.alpha,
  beta: row.beta,
  maxItems: row.max_items,
})

export async function listExams(
  db: Db,
  at: { projectId: string; examId?: string },
): Promise<ExamRow[]> {
  const { rows } = await sql<ExamRow>`
    select e.exam_id, e.skill_id, s.title as skill_title, e.title, e.p0, e.p1, e.alpha, e.beta, e.max_items,
      e.valid_days, e.retry_days, e.active,
      (select count(*) from golds g where g.project_id = ${at.projectId} and g.use = 'exam' and g.active) as questions,
      t.passed, t.failed, t.running
    from exams e join skills s on s.skill_id = e.skill_id
    cross join lateral (
      select count(*) filter (where x.state = 'passed') as passed, count(*) filter (where x.state = 'failed') as failed,
        count(*) filter (where x.state = 'running') as running
      from exam_sittings x where x.project_id = ${at.projectId} and x.exam_id = e.exam_id) t
    where e.project_id = ${at.projectId}
      and (${at.examId ?? null}::uuid is null or e.exam_id = ${at.examId ?? null}::uuid)
    order by e.created_at`.execute(db)
  return rows
}

export type ExamWords = {
  readonly title: string
  readonly validDays?: number | undefined
  readonly retryDays: number
} & ExamRule

export async function insertExam(
  db: Db,
  e: ExamWords & { projectId: string; examId: string; skillId: string; by: string; now: Date },
): Promise<void> {
  await sql`
    insert into exams (project_id, exam_id, skill_id, title, p0, p1, alpha, beta, max_items, valid_days,
      retry_days, created_by, created_at)
    values (${e.projectId}, ${e.examId}, ${e.skillId}, ${storableText(e.title)}, ${e.p0}, ${e.p1}, ${e.alpha},
      ${e.beta}, ${e.maxItems}, ${e.validDays ?? null}, ${e.retryDays}, ${e.by}, ${e.now})`.execute(
    db,
  )
}

export async function updateExam(
  db: Db,
  e: ExamWords & { projectId: string; examId: string; active: boolean },
): Promise<void> {
  await sql`
    update exams e set title = ${storableText(e.title)}, p0 = ${e.p0}, p1 = ${e.p1}, alpha = ${e.alpha},
      beta = ${e.beta}, max_items = ${e.maxItems}, valid_days = ${e.validDays ?? null},
      retry_days = ${e.retryDays}, active = ${e.active}
    where e.project_id = ${e.projectId} and e.exam_id = ${e.examId}`.execute(db)
}

export async function skillExists(db: Db, skillId: string): Promise<boolean> {
  const { rows } = await sql`
    select from skills where skill_id = ${skillId} and retired_at is null`.execute(db)
  return rows.length > 0
}

export type SittingRow = Pick<
  ExamRow,
  'exam_id' | 'skill_id' | 'skill_title' | 'p0' | 'p1' | 'alpha' | 'beta' | 'max_items'
> & {
  readonly sitting_id: string
  readonly user_id: string
  readonly name: string
  readonly title: string
  readonly valid_days: number | null
  readonly retry_days: number
  readonly state: 'running' | 'passed' | 'failed'
  readonly correct: number
  readonly wrong: number
  readonly started_at: Date
  readonly finished_at: Date | null
  readonly certificate_id: string | null
  readonly expires_at: Date | null
}
const sittings = (projectId: string) => sql`
  select x.sitting_id, x.user_id, u.name, x.exam_id, e.skill_id, s.title as skill_title, e.title, e.p0, e.p1,
    e.alpha, e.beta, e.max_items, e.valid_days, e.retry_days, x.state, x.correct, x.wrong, x.started_at,
    x.finished_at, x.certificate_id, c.expires_at
  from exam_sittings x
  join exams e on e.project_id = x.project_id and e.exam_id = x.exam_id
  join skills s on s.skill_id = e.skill_id
  join users u on u.user_id = x.user_id
  left join certificates c on c.certificate_id = x.certificate_id
  where x.project_id = ${projectId}`

export async function findSitting(
  db: Db,
  at: { projectId: string; sittingId: string; userId?: string; lock: 'yes' | 'no' },
): Promise<SittingRow | undefined> {
  const { rows } = await sql<SittingRow>`
    ${sittings(at.projectId)} and x.sitting_id = ${at.sittingId}
      and (${at.userId ?? null}::uuid is null or x.user_id = ${at.userId ?? null}::uuid)
    ${at.lock === 'yes' ? sql`for no key update of x` : sql``}`.execute(db)
  return rows[0]
}

/** Newest first, at most 200. */
export async function listSittings(
  db: Db,
  at: { projectId: string; examId: string; userId?: string },
): Promise<SittingRow[]> {
  const { rows } = await sql<SittingRow>`
    ${sittings(at.projectId)} and x.exam_id = ${at.examId}
      and (${at.userId ?? null}::uuid is null or x.user_id = ${at.userId ?? null}::uuid)
    order by x.started_at desc limit 200`.execute(db)
  return rows
}

/** A sitting of a person that runs; of two begun at the same moment, the first. */
export async function insertSitting(
  db: Db,
  x: { projectId: string; sittingId: string; examId: string; userId: string; now: Date },
): Promise<string> {
  const { rows } = await sql<{ sitting_id: string }>`
    insert into exam_sittings as x (project_id, sitting_id, exam_id, user_id, state, started_at)
    values (${x.projectId}, ${x.sittingId}, ${x.examId}, ${x.userId}, 'running', ${x.now})
    on conflict (project_id, exam_id, user_id) where state = 'running' do update set state = 'running'
    returning x.sitting_id`.execute(db)
  return rows[0]?.sitting_id ?? x.sittingId
}

export async function writeSitting(
  db: Db,
  x: {
    projectId: string
    sittingId: string
    correct: number
    wrong: number
    state: 'running' | 'passed' | 'failed'
    finishedAt: Date | null
    certificateId: string | null
  },
): Promise<void> {
  await sql`
    update exam_sittings x set correct = ${x.correct}, wrong = ${x.wrong}, state = ${x.state},
      finished_at = ${x.finishedAt}, certificate_id = ${x.certificateId}
    where x.project_id = ${x.projectId} and x.sitting_id = ${x.sittingId}`.execute(db)
}

/** What a sitting's stored answers say. */
export async function countSitting(
  db: Db,
  at: { projectId: string; sittingId: string },
): Promise<{ readonly correct: number; readonly wrong: number }> {
  const { rows } = await sql<{ correct: number; wrong: number }>`
    select count(*) filter (where g.correct) as correct, count(*) filter (where not g.correct) as wrong
    from gold_answers g
    where g.project_id = ${at.projectId} and g.sitting_id = ${at.sittingId}`.execute(db)
  return rows[0] ?? { correct: 0, wrong: 0 }
}

/** Open leases of a sitting that is over end without an answer. */
export async function releaseQuestions(
  db: Db,
  at: { projectId: string; sittingId: string },
): Promise<void> {
  await sql`
    update assignments a set state = 'released'
    where a.project_id = ${at.projectId} and a.sitting_id = ${at.sittingId} and a.state = 'leased'`.execute(
    db,
  )
}

/** Exam questions a person never had. */
export async function countQuestionsLeft(
  db: Db,
  who: { projectId: string; userId: string },
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from golds g
    join items i on i.project_id = g.project_id and i.item_id = g.item_id and i.removed_at is null
    where g.project_id = ${who.projectId} and g.use = 'exam' and g.active
      and not exists (
        select 1 from assignments a
        where a.project_id = ${who.projectId} and a.user_id = ${who.userId} and a.item_id = g.item_id
          and a.stage = 'annotate'
          and a.state in ('leased', 'assigned', 'deferred', 'returned', 'submitted', 'skipped')
        offset 0)`.execute(db)
  return rows[0]?.n ?? 0
}

export type OpenExam = {
  readonly project_id: string
  readonly project_name: string
  readonly exam_id: string
  readonly title: string
  readonly skill_id: string
  readonly skill_title: { readonly en: string; readonly hi?: string }
  readonly max_items: number
  readonly retry_days: number
  readonly p0: number
  readonly p1: number
  readonly alpha: number
  readonly beta: number
  readonly running: boolean
  readonly held: boolean
  readonly last_failed_at: Date | null
  readonly questions_left: number
}
/** Exams in a person's projects. */
export async function listOpenExams(
  db: Db,
  me: { userId: string; now: Date },
): Promise<OpenExam[]> {
  const { rows } = await sql<OpenExam>`
    ${unscoped('the exams in all projects of one person, for their own page')}
    select p.project_id, p.name as project_name, e.exam_id, e.title, e.skill_id, s.title as skill_title,
      e.max_items, e.retry_days, e.p0, e.p1, e.alpha, e.beta, l.running, l.last_failed_at,
      exists (select from certificates c where c.user_id = ${me.userId} and c.skill_id = e.skill_id
        and c.revoked_at is null and (c.expires_at is null or c.expires_at > ${me.now})) as held,
      (select count(*) from golds g
       where g.project_id = e.project_id and g.use = 'exam' and g.active
         and not exists (
           select 1 from assignments a
           where a.project_id = g.project_id and a.user_id = ${me.userId} and a.item_id = g.item_id
             and a.stage = 'annotate' and a.state not in ('expired', 'released')
           offset 0)) as questions_left
    from members m
    join projects p on p.project_id = m.project_id and p.archived_at is null
    join exams e on e.project_id = m.project_id and e.active
    join skills s on s.skill_id = e.skill_id and s.retired_at is null
    cross join lateral (
      select coalesce(bool_or(x.state = 'running'), false) as running,
        max(x.finished_at) filter (where x.state = 'failed') as last_failed_at
      from exam_sittings x
      where x.project_id = e.project_id and x.exam_id = e.exam_id and x.user_id = ${me.userId}) l
    where m.user_id = ${me.userId} and m.roles && '{associate,reviewer,lead}'::text[]
    order by lower(p.name), e.created_at`.execute(db)
  return rows
}
