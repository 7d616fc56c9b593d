import { declineAt, type GoldStanding, goldStep, standingOf } from '@kasauti/core'
import { sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { atCommit, inOneGo, json } from '../platform/db/index.ts'

export type Use = 'hidden' | 'training' | 'exam'
export type GoldRow = {
  readonly gold_id: string
  readonly item_id: string
  readonly use: Use
  readonly version: number
  readonly answers: Record<string, unknown>
  readonly also: readonly Record<string, unknown>[]
  readonly explanation: { readonly en: string; readonly hi?: string }
  readonly active: boolean
  readonly settings: Record<string, unknown> | null
}
type At = { readonly projectId: string; readonly assignmentId: string }

export type StoredAnswer = {
  readonly annotation_id: string
  readonly revision: number
  readonly correct: boolean
  readonly hash: string
}
/** The gold an assignment asks, with the project's settings of gold, and what was answered before. */
export async function findGoldOf(
  db: Db,
  at: At,
): Promise<{ readonly gold: GoldRow | undefined; readonly before: StoredAnswer | undefined }> {
  const gold = sql<GoldRow>`
    select g.gold_id, g.item_id, g.use, g.version, g.answers, g.also, g.explanation, g.active,
      p.settings->'gold' as settings
    from assignments a
    join golds g on g.project_id = a.project_id and g.gold_id = a.gold_id
    join projects p on p.project_id = a.project_id
    where a.project_id = ${at.projectId} and a.assignment_id = ${at.assignmentId}`
  const before = sql<StoredAnswer>`
    select g.annotation_id, g.revision, g.correct, g.hash from gold_answers g
    where g.project_id = ${at.projectId} and g.assignment_id = ${at.assignmentId}`
  const [golds, stored] = await inOneGo(db, gold, before)
  return { gold: golds[0], before: stored[0] }
}

export type NewGoldAnswer = At & {
  readonly annotationId: string
  readonly goldId: string
  readonly goldVersion: number
  readonly itemId: string
  readonly userId: string
  readonly use: Use
  readonly sittingId: string | null
  readonly revision: number
  readonly answers: unknown
  readonly schemaVersion: number
  readonly correct: boolean
  readonly score: number
  readonly fields: Readonly<Record<string, number>>
  readonly activeMs: number
  readonly hash: string
  readonly shownFrom: Date | null
  readonly eventId: string
  readonly now: Date
  /** How the gold's counts change. */
  readonly gain: { readonly answered: number; readonly correct: number }
}
/** Store an answer, end its assignment, count it on its gold, and tell the item's history; at commit. */
export async function writeGoldAnswer(db: Db, r: NewGoldAnswer): Promise<void> {
  await atCommit(
    db,
    sql`
    with answered as (
      insert into gold_answers as g (project_id, assignment_id, annotation_id, gold_id, gold_version, item_id,
        user_id, use, sitting_id, revision, answers, schema_version, correct, score, fields, active_ms, hash,
        answered_at, shown_from)
      values (${r.projectId}, ${r.assignmentId}, ${r.annotationId}, ${r.goldId}, ${r.goldVersion}, ${r.itemId},
        ${r.userId}, ${r.use}, ${r.sittingId}, ${r.revision}, ${json(r.answers)}::jsonb, ${r.schemaVersion},
        ${r.correct}, ${r.score}, ${json(r.fields)}::jsonb, ${r.activeMs}, ${r.hash}, ${r.now}, ${r.shownFrom})
      on conflict (project_id, assignment_id) do update set
        revision = excluded.revision, answers = excluded.answers, gold_version = excluded.gold_version,
        schema_version = excluded.schema_version, correct = excluded.correct, score = excluded.score,
        fields = excluded.fields, active_ms = g.active_ms + excluded.active_ms, hash = excluded.hash,
        answered_at = excluded.answered_at, shown_from = excluded.shown_from
    ), ended as (
      update assignments a set state = 'submitted', annotation_id = ${r.annotationId}, draft = null,
        active_ms = ${r.activeMs}, finished_at = ${r.now}
      where a.project_id = ${r.projectId} and a.assignment_id = ${r.assignmentId}
    ), counted as (
      update golds g set answered = g.answered + ${r.gain.answered}, correct = g.correct + ${r.gain.correct}
      where g.project_id = ${r.projectId} and g.gold_id = ${r.goldId}
    )
    insert into item_events (project_id, item_id, event_id, kind, user_id, at)
    values (${r.projectId}, ${r.itemId}, ${r.eventId}, 'gold-answered', ${r.userId}, ${r.now})`,
  )
}

type Person = { readonly projectId: string; readonly userId: string }

/** One answer more in a person's standing; at commit. */
export async function addToStanding(
  db: Db,
  who: Person,
  o: { answer: 'right' | 'wrong'; now: Date },
): Promise<void> {
  const step = goldStep(o.answer)
  const right = o.answer === 'right' ? 1 : 0
  await atCommit(
    db,
    sql`
    insert into gold_standings as s (project_id, user_id, answered, correct, cusum, last_at)
    values (${who.projectId}, ${who.userId}, 1, ${right}::int, ${Math.max(0, step)}::float8, ${o.now})
    on conflict (project_id, user_id) do update set answered = s.answered + 1, correct = s.correct + ${right}::int,
      cusum = least(${declineAt}::float8, greatest(0, s.cusum + ${step}::float8)), last_at = greatest(s.last_at, ${o.now})`,
  )
}

/** A person's standing from their answers to hidden gold, oldest first, after some changed. */
export async function rebuildStanding(db: Db, who: Person): Promise<GoldStanding> {
  await sql`
    insert into gold_standings as s (project_id, user_id) values (${who.projectId}, ${who.userId})
    on conflict (project_id, user_id) do update set answered = s.answered`.execute(db)
  const { rows } = await sql<{ correct: boolean }>`
    select g.correct from gold_answers g
    where g.project_id = ${who.projectId} and g.user_id = ${who.userId} and g.use = 'hidden'
    order by g.answered_at, g.assignment_id`.execute(db)
  const standing = standingOf(rows.map((r) => (r.correct ? 'right' : 'wrong')))
  await sql`
    update gold_standings s set answered = ${standing.answered}, correct = ${standing.correct},
      cusum = ${standing.cusum}
    where s.project_id = ${who.projectId} and s.user_id = ${who.userId}`.execute(db)
  return standing
}
