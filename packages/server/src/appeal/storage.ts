/** Statements on appeals and what they are about. */
import type { Mark } from '@kasauti/contract'
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { hiddenGold } from '../gold/index.ts'
import { dayOf } from '../item/index.ts'
import type { Db } from '../platform/app.ts'
import { atCommit, storableText } from '../platform/db/index.ts'

export type AppealStateValue = 'open' | 'upheld' | 'dismissed' | 'withdrawn'
type Who = { readonly projectId: string; readonly userId: string }
type At = { readonly projectId: string; readonly appealId: string }

/** A verdict on one's own work. */
export type VerdictRow = {
  readonly review_id: string
  readonly annotation_id: string
  readonly item_id: string
  readonly assignment_id: string
  readonly reviewer_id: string
  readonly revision: number
  readonly verdict: 'accepted' | 'fixed' | 'returned'
  readonly note: string
  readonly marks: z.output<typeof Mark>[]
  readonly by: string
  readonly at: Date
  readonly ordinal: number
  readonly key: string
  readonly seed: number
  readonly hidden_gold: boolean
  readonly preview: string
}
const verdicts = sql`
  select r.review_id, r.annotation_id, r.item_id, o.assignment_id, r.reviewer_id, r.revision, r.verdict, r.note, r.marks,
    u.name as by, r.created_at as at, i.ordinal, i.key, p.seed, ${hiddenGold} as hidden_gold, n.preview
  from annotations o
  join reviews r on r.project_id = o.project_id and r.annotation_id = o.annotation_id
  join projects p on p.project_id = o.project_id
  join users u on u.user_id = r.reviewer_id
  join items i on i.project_id = o.project_id and i.item_id = o.item_id
  join item_inputs n on n.project_id = o.project_id and n.item_id = o.item_id`
/** Nobody appealed against it yet. */
const unappealed = sql`not exists (select 1 from appeals a where a.project_id = r.project_id
  and a.review_id = r.review_id and a.state <> 'withdrawn')`

export async function listAppealable(db: Db, who: Who): Promise<readonly VerdictRow[]> {
  const { rows } = await sql<VerdictRow>`
    ${verdicts}
    where o.project_id = ${who.projectId} and o.author_id = ${who.userId} and r.verdict in ('returned', 'fixed')
      and ${unappealed}
    order by r.created_at desc, r.review_id limit 50`.execute(db)
  return rows
}

export async function findVerdict(
  db: Db,
  who: Who,
  reviewId: string,
): Promise<(VerdictRow & { readonly open: boolean }) | undefined> {
  const { rows } = await sql<VerdictRow & { open: boolean }>`
    select v.*, not exists (select 1 from appeals a where a.project_id = ${who.projectId}
      and a.review_id = v.review_id and a.state <> 'withdrawn') as open
    from (${verdicts} where o.project_id = ${who.projectId} and o.author_id = ${who.userId}
      and r.review_id = ${reviewId} and r.verdict in ('returned', 'fixed')) v`.execute(db)
  return rows[0]
}

/** An answer of one's own to gold that one knows of and that counted as wrong. */
export async function findGoldAnswer(
  db: Db,
  who: Who,
  o: { assignmentId: string; now: Date },
): Promise<
  { readonly gold_id: string; readonly item_id: string; readonly open: boolean } | undefined
> {
  const { rows } = await sql<{ gold_id: string; item_id: string; open: boolean }>`
    select g.gold_id, g.item_id, not exists (select 1 from appeals a where a.project_id = ${who.projectId}
      and a.assignment_id = g.assignment_id and a.kind = 'gold' and a.state <> 'withdrawn') as open
    from gold_answers g
    where g.project_id = ${who.projectId} and g.assignment_id = ${o.assignmentId} and g.user_id = ${who.userId}
      and not g.correct and g.shown_from <= ${o.now}`.execute(db)
  return rows[0]
}

export type NewAppeal = At & {
  readonly kind: 'review' | 'gold'
  readonly reviewId: string | null
  readonly annotationId: string | null
  readonly goldId: string | null
  readonly assignmentId: string
  readonly itemId: string
  readonly userId: string
  readonly reason: string
  readonly now: Date
}
export async function insertAppeal(db: Db, a: NewAppeal): Promise<void> {
  await sql`
    insert into appeals (project_id, appeal_id, kind, review_id, annotation_id, gold_id, assignment_id, item_id,
      user_id, reason, state, created_at)
    values (${a.projectId}, ${a.appealId}, ${a.kind}, ${a.reviewId}, ${a.annotationId}, ${a.goldId}, ${a.assignmentId},
      ${a.itemId}, ${a.userId}, ${storableText(a.reason)}, 'open', ${a.now})`.execute(db)
}

export type AppealRow = {
  readonly appeal_id: string
  readonly kind: 'review' | 'gold'
  readonly review_id: string | null
  readonly annotation_id: string | null
  readonly gold_id: string | null
  readonly assignment_id: string
  readonly item_id: string
  readonly user_id: string
  readonly appellant: string
  readonly reason: string
  readonly state: AppealStateValue
  readonly decision: string | null
  readonly decider: string | null
  readonly created_at: Date
  readonly decided_at: Date | null
  readonly ordinal: number
  readonly key: string
  readonly seed: number
  readonly hidden_gold: boolean
  readonly preview: string
  readonly reviewer_id: string | null
  readonly reviewer: string | null
  readonly verdict: 'accepted' | 'fixed' | 'returned' | null
  readonly note: string | null
  readonly marks: z.output<typeof Mark>[] | null
  readonly reviewed_at: Date | null
  readonly revision: number | null
}
const appealRows = sql`
  select a.appeal_id, a.kind, a.review_id, a.annotation_id, a.gold_id, a.assignment_id, a.item_id, a.user_id,
    w.name as appellant, a.reason, a.state, a.decision, d.name as decider, a.created_at, a.decided_at,
    i.ordinal, i.key, p.seed, ${hiddenGold} as hidden_gold, n.preview, r.reviewer_id, v.name as reviewer, r.verdict, r.note, r.marks,
    r.created_at as reviewed_at, r.revision
  from appeals a
  join projects p on p.project_id = a.project_id
  join users w on w.user_id = a.user_id
  left join users d on d.user_id = a.decided_by
  join items i on i.project_id = a.project_id and i.item_id = a.item_id
  join item_inputs n on n.project_id = a.project_id and n.item_id = a.item_id
  left join reviews r on r.project_id = a.project_id and r.review_id = a.review_id
  left join users v on v.user_id = r.reviewer_id`

export async function findAppeal(db: Db, at: At): Promise<AppealRow | undefined> {
  const { rows } = await sql<AppealRow>`
    ${appealRows} where a.project_id = ${at.projectId} and a.appeal_id = ${at.appealId}`.execute(db)
  return rows[0]
}

/** Newest first. `of`: this person's own; `for`: what this person may decide (see `mayDecide`). */
export async function listAppeals(
  db: Db,
  o: {
    projectId: string
    of?: string | undefined
    kinds: readonly ('review' | 'gold')[]
    state: AppealStateValue | undefined
    before: string | undefined
    limit: number
  },
): Promise<readonly AppealRow[]> {
  const also: RawBuilder<unknown>[] = []
  if (o.of !== undefined) also.push(sql`and a.user_id = ${o.of}`)
  if (o.state !== undefined) also.push(sql`and a.state = ${o.state}`)
  if (o.before !== undefined) also.push(sql`and a.appeal_id < ${o.before}`)
  const { rows } = await sql<AppealRow>`
    ${appealRows} where a.project_id = ${o.projectId} and a.kind = any(${o.kinds}::text[]) ${sql.join(also, sql` `)}
    order by a.appeal_id desc limit ${o.limit}`.execute(db)
  return rows
}

export async function countOpen(db: Db, projectId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from appeals a where a.project_id = ${projectId} and a.state = 'open'`.execute(
    db,
  )
  return rows[0]?.n ?? 0
}

/** The state of an appeal, under lock; its item must be locked already. */
export async function lockAppeal(db: Db, at: At): Promise<AppealStateValue | undefined> {
  const { rows } = await sql<{ state: AppealStateValue }>`
    select a.state from appeals a where a.project_id = ${at.projectId} and a.appeal_id = ${at.appealId}
    for no key update`.execute(db)
  return rows[0]?.state
}

export async function endAppeal(
  db: Db,
  at: At & { state: AppealStateValue; by: string | null; decision: string | null; now: Date },
): Promise<void> {
  await sql`
    update appeals a set state = ${at.state}, decided_by = ${at.by},
      decision = ${at.decision === null ? null : storableText(at.decision)}, decided_at = ${at.now}
    where a.project_id = ${at.projectId} and a.appeal_id = ${at.appealId}`.execute(db)
}

/** Members who decide appeals of a kind, this person aside. */
export async function listDeciders(
  db: Db,
  o: { projectId: string; roles: readonly string[]; but: readonly string[] },
): Promise<string[]> {
  const { rows } = await sql<{ user_id: string }>`
    select m.user_id from members m join users u on u.user_id = m.user_id and not u.disabled
    where m.project_id = ${o.projectId} and m.roles && ${o.roles}::text[] and m.user_id <> all(${o.but}::uuid[])
    order by m.user_id`.execute(db)
  return rows.map((row) => row.user_id)
}

export type Shown = {
  readonly schema_version: number
  readonly inputs: Record<string, unknown>
  readonly presentation: unknown
}
/** The item as the appellant saw it. */
export async function findShown(
  db: Db,
  at: { projectId: string; assignmentId: string },
): Promise<Shown | undefined> {
  const { rows } = await sql<Shown>`
    select a.schema_version, n.inputs, a.presentation from assignments a
    join item_inputs n on n.project_id = a.project_id and n.item_id = a.item_id
    where a.project_id = ${at.projectId} and a.assignment_id = ${at.assignmentId}`.execute(db)
  return rows[0]
}

export async function findRevisionAnswers(
  db: Db,
  at: { projectId: string; annotationId: string; revision: number },
): Promise<Record<string, unknown> | undefined> {
  const { rows } = await sql<{ answers: Record<string, unknown> }>`
    select r.answers from annotation_revisions r
    where r.project_id = ${at.projectId} and r.annotation_id = ${at.annotationId} and r.revision = ${at.revision}`.execute(
    db,
  )
  return rows[0]?.answers
}

/** Somebody's answers to gold, and what the gold says. */
export async function findGoldAnswers(
  db: Db,
  at: { projectId: string; assignmentId: string },
): Promise<
  { readonly mine: Record<string, unknown>; readonly gold: Record<string, unknown> } | undefined
> {
  const { rows } = await sql<{ mine: Record<string, unknown>; gold: Record<string, unknown> }>`
    select a.answers as mine, g.answers as gold from gold_answers a
    join golds g on g.project_id = a.project_id and g.gold_id = a.gold_id
    where a.project_id = ${at.projectId} and a.assignment_id = ${at.assignmentId}`.execute(db)
  return rows[0]
}

export async function findSeedAndWorkflow(
  db: Db,
  projectId: string,
): Promise<
  { readonly seed: number; readonly workflow_version: number; readonly name: string } | undefined
> {
  const { rows } = await sql<{ seed: number; workflow_version: number; name: string }>`
    select p.seed, p.workflow_version, p.name from projects p where p.project_id = ${projectId}`.execute(
    db,
  )
  return rows[0]
}

/** Work that came back and is not to be done again: it is handed in as it was. */
export async function takeReturnedOff(
  db: Db,
  at: { projectId: string; assignmentId: string },
): Promise<void> {
  await sql`
    update assignments a set state = 'submitted'
    where a.project_id = ${at.projectId} and a.assignment_id = ${at.assignmentId}
      and a.state in ('returned', 'leased', 'deferred')`.execute(db)
}

/** What a verdict counted on its day, otherwise. At commit. */
export async function correctDay(
  db: Db,
  o: {
    projectId: string
    batchId: string
    userId: string
    at: Date
    returned: number
    accepted: number
    fixed: number
  },
): Promise<void> {
  await atCommit(
    db,
    sql`
    update person_days d set returned = d.returned + ${o.returned}, accepted = d.accepted + ${o.accepted},
      fixed = d.fixed + ${o.fixed}
    where d.project_id = ${o.projectId} and d.user_id = ${o.userId} and d.day = ${dayOf(o.at)}::date`,
  )
  await atCommit(
    db,
    sql`
    update batch_days d set returned = d.returned + ${o.returned}, accepted = d.accepted + ${o.accepted}
    where d.project_id = ${o.projectId} and d.batch_id = ${o.batchId} and d.day = ${dayOf(o.at)}::date`,
  )
}
