import type { WorkHours } from '@kasauti/core'
import { sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { json, storableText } from '../platform/db/index.ts'

export type HoursRow = {
  readonly user_id: string
  readonly zone: string
  readonly week: unknown
  readonly updated_at: Date
}

/** The working hours of those who have said them. */
export async function listHours(db: Db, userIds: readonly string[]): Promise<HoursRow[]> {
  const { rows } = await sql<HoursRow>`
    select w.user_id, w.zone, w.week, w.updated_at from work_hours w
    where w.user_id = any(${userIds}::uuid[])`.execute(db)
  return rows
}

export async function saveHours(
  db: Db,
  h: { userId: string; hours: WorkHours; now: Date },
): Promise<void> {
  await sql`
    insert into work_hours (user_id, zone, week, updated_at)
    values (${h.userId}, ${h.hours.zone}, ${json(h.hours.week)}::jsonb, ${h.now})
    on conflict (user_id) do update set zone = excluded.zone, week = excluded.week,
      updated_at = excluded.updated_at`.execute(db)
}

export type DayOffRow = {
  readonly day_off_id: string
  /** Null: a holiday. */
  readonly user_id: string | null
  readonly first_day: string
  readonly last_day: string
  readonly title: string
}

/** Holidays and these people's days off that end on `from` or later, in order; to `to` if given. */
export async function listDaysOff(
  db: Db,
  o: { userIds: readonly string[]; from: string; to?: string },
): Promise<DayOffRow[]> {
  const { rows } = await sql<DayOffRow>`
    select d.day_off_id, d.user_id, d.first_day, d.last_day, d.title from days_off d
    where (d.user_id is null or d.user_id = any(${o.userIds}::uuid[])) and d.last_day >= ${o.from}::date
      and (${o.to ?? null}::date is null or d.first_day <= ${o.to ?? null}::date)
    order by d.first_day, d.last_day, d.day_off_id limit 5000`.execute(db)
  return rows
}

export async function insertDayOff(
  db: Db,
  d: {
    dayOffId: string
    userId: string | null
    firstDay: string
    lastDay: string
    title: string
    createdBy: string
    now: Date
  },
): Promise<void> {
  await sql`
    insert into days_off (day_off_id, user_id, first_day, last_day, title, created_by, created_at)
    values (${d.dayOffId}, ${d.userId}, ${d.firstDay}::date, ${d.lastDay}::date, ${storableText(d.title)},
      ${d.createdBy}, ${d.now})`.execute(db)
}

/** How many days off a person has that are not over; holidays for null. */
export async function countDaysOff(db: Db, userId: string | null, today: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from days_off d
    where d.user_id is not distinct from ${userId}::uuid and d.last_day >= ${today}::date`.execute(
    db,
  )
  return rows[0]?.n ?? 0
}

/** Removes a day off of a person (null: a holiday), and tells which it was. */
export async function deleteDayOff(
  db: Db,
  d: { dayOffId: string; userId: string | null },
): Promise<DayOffRow | undefined> {
  const { rows } = await sql<DayOffRow>`
    delete from days_off d where d.day_off_id = ${d.dayOffId} and d.user_id is not distinct from ${d.userId}::uuid
    returning d.day_off_id, d.user_id, d.first_day, d.last_day, d.title`.execute(db)
  return rows[0]
}

export type TeamMember = { readonly user_id: string; readonly name: string }
export async function listTeam(db: Db, projectId: string): Promise<TeamMember[]> {
  const { rows } = await sql<TeamMember>`
    select m.user_id, u.name from members m join users u on u.user_id = m.user_id
    where m.project_id = ${projectId} and not u.disabled order by lower(u.name), m.user_id`.execute(
    db,
  )
  return rows
}
