import { sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { json, storableText, unscoped } from '../platform/db/index.ts'

export type Text = { readonly en: string; readonly hi?: string | undefined }
export type SkillRow = {
  readonly skill_id: string
  readonly name: string
  readonly title: Text
  readonly summary: Text
  readonly retired_at: Date | null
  readonly holders: number
}
const valid = (now: Date) => sql`
  c.revoked_at is null and (c.expires_at is null or c.expires_at > ${now})`

export async function listSkills(db: Db, o: { now: Date; skillId?: string }): Promise<SkillRow[]> {
  const { rows } = await sql<SkillRow>`
    select s.skill_id, s.name, s.title, s.summary, s.retired_at,
      (select count(distinct c.user_id) from certificates c where c.skill_id = s.skill_id and ${valid(o.now)}) as holders
    from skills s where ${o.skillId ?? null}::uuid is null or s.skill_id = ${o.skillId ?? null}::uuid
    order by s.retired_at is not null, s.name`.execute(db)
  return rows
}

/** False if the name is taken. */
export async function insertSkill(
  db: Db,
  s: { skillId: string; name: string; title: Text; summary: Text; by: string; now: Date },
): Promise<boolean> {
  const { rows } = await sql`
    insert into skills (skill_id, name, title, summary, created_by, created_at)
    values (${s.skillId}, ${s.name}, ${json(s.title)}::jsonb, ${json(s.summary)}::jsonb, ${s.by}, ${s.now})
    on conflict (name) do nothing returning 1`.execute(db)
  return rows.length > 0
}

export async function updateSkill(
  db: Db,
  s: {
    skillId: string
    title: Text | undefined
    summary: Text | undefined
    retiredAt: Date | null | undefined
  },
): Promise<void> {
  const retired = s.retiredAt === undefined ? sql`` : sql`, retired_at = ${s.retiredAt}`
  await sql`
    update skills s set title = coalesce(${s.title ? json(s.title) : null}::jsonb, s.title),
      summary = coalesce(${s.summary ? json(s.summary) : null}::jsonb, s.summary) ${retired}
    where s.skill_id = ${s.skillId}`.execute(db)
}

export type CertificateRow = {
  readonly certificate_id: string
  readonly skill_id: string
  readonly skill_title: Text
  readonly user_id: string
  readonly name: string
  readonly source: 'exam' | 'lead'
  readonly note: string
  readonly granted_by: string | null
  readonly granted_at: Date
  readonly expires_at: Date | null
  readonly revoked_at: Date | null
}
const certificates = sql`
  select c.certificate_id, c.skill_id, s.title as skill_title, c.user_id, u.name, c.source, c.note,
    b.name as granted_by, c.granted_at, c.expires_at, c.revoked_at
  from certificates c
  join skills s on s.skill_id = c.skill_id
  join users u on u.user_id = c.user_id
  left join users b on b.user_id = c.granted_by`

export async function findCertificate(
  db: Db,
  certificateId: string,
): Promise<CertificateRow | undefined> {
  const { rows } = await sql<CertificateRow>`
    ${certificates} where c.certificate_id = ${certificateId} for no key update of c`.execute(db)
  return rows[0]
}
export async function listCertificatesOf(db: Db, userId: string): Promise<CertificateRow[]> {
  const { rows } = await sql<CertificateRow>`
    ${certificates} where c.user_id = ${userId} order by c.granted_at desc limit 200`.execute(db)
  return rows
}
export async function listCertificatesIn(
  db: Db,
  o: { skillId: string; userIds: readonly string[] },
): Promise<CertificateRow[]> {
  const { rows } = await sql<CertificateRow>`
    ${certificates} where c.skill_id = ${o.skillId} and c.user_id = any(${o.userIds}::uuid[])
    order by c.granted_at desc`.execute(db)
  return rows
}

export async function insertCertificate(
  db: Db,
  c: {
    certificateId: string
    skillId: string
    userId: string
    source: 'exam' | 'lead'
    projectId?: string
    sittingId?: string
    note: string
    grantedBy: string | null
    now: Date
    expiresAt: Date | null
  },
): Promise<void> {
  await sql`
    insert into certificates (certificate_id, skill_id, user_id, source, on_project_id, sitting_id, note,
      granted_by, granted_at, expires_at)
    values (${c.certificateId}, ${c.skillId}, ${c.userId}, ${c.source}, ${c.projectId ?? null},
      ${c.sittingId ?? null}, ${storableText(c.note)}, ${c.grantedBy}, ${c.now}, ${c.expiresAt})`.execute(
    db,
  )
}

export async function setRevoked(
  db: Db,
  c: { certificateId: string; by: string; now: Date; note: string },
): Promise<void> {
  await sql`
    update certificates set revoked_at = ${c.now}, revoked_by = ${c.by}, note = ${storableText(c.note)}
    where certificate_id = ${c.certificateId}`.execute(db)
}

/** Which of the skills a person holds a valid certificate in. */
export async function findHeld(
  db: Db,
  o: { userId: string; skillIds: readonly string[]; now: Date },
): Promise<string[]> {
  const { rows } = await sql<{ skill_id: string }>`
    select distinct c.skill_id from certificates c
    where c.user_id = ${o.userId} and c.skill_id = any(${o.skillIds}::uuid[]) and ${valid(o.now)}`.execute(
    db,
  )
  return rows.map((row) => row.skill_id)
}

export type Known = { readonly user_id: string; readonly name: string }
/** People in a project that somebody leads or manages; everybody, for an admin. */
export async function listKnownPeople(
  db: Db,
  o: { userId: string; see: 'mine' | 'all'; only?: string },
): Promise<Known[]> {
  const mine =
    o.see === 'all'
      ? sql`true`
      : sql`exists (
          select from members a join members b on b.project_id = a.project_id
          where a.user_id = ${o.userId} and a.roles && '{lead,manager}'::text[] and b.user_id = u.user_id)`
  const { rows } = await sql<Known>`
    ${unscoped('the people somebody leads or manages in any project, to certify them')}
    select u.user_id, u.name from users u
    where not u.disabled and ${mine} and (${o.only ?? null}::uuid is null or u.user_id = ${o.only ?? null}::uuid)
    order by lower(u.name), u.user_id limit 1000`.execute(db)
  return rows
}

/** Certificates that end between two times, each person's last in its skill. */
export async function findExpiring(
  db: Db,
  o: { from: Date; to: Date; now: Date },
): Promise<CertificateRow[]> {
  const { rows } = await sql<CertificateRow>`
    ${certificates}
    where c.revoked_at is null and c.expires_at > ${o.from} and c.expires_at <= ${o.to} and not u.disabled
      and not exists (select from certificates d where d.user_id = c.user_id and d.skill_id = c.skill_id
        and d.revoked_at is null and (d.expires_at is null or d.expires_at > c.expires_at))
      and not exists (select from notifications n where n.user_id = c.user_id
        and n.kind = 'certificate-expiring' and n.params->>'certificate' = c.certificate_id::text)
    order by c.expires_at limit 500`.execute(db)
  return rows
}

export type MyProject = {
  readonly project_id: string
  readonly name: string
  readonly training_items: number
  readonly training_answered: number
  readonly results: number
}
/** Training and results of gold in a person's projects. */
export async function listMyProjects(
  db: Db,
  o: { userId: string; now: Date },
): Promise<MyProject[]> {
  const { rows } = await sql<MyProject>`
    ${unscoped("one person's training and results in all their projects, for their own page")}
    select p.project_id, p.name,
      (select count(*) from golds g where g.project_id = m.project_id and g.use = 'training' and g.active) as training_items,
      (select count(*) from gold_answers a join golds g on g.project_id = a.project_id and g.gold_id = a.gold_id
       where a.project_id = m.project_id and a.user_id = ${o.userId} and a.use = 'training' and g.active) as training_answered,
      (select count(*) from gold_answers a
       where a.project_id = m.project_id and a.user_id = ${o.userId} and a.use = 'hidden'
         and a.shown_from <= ${o.now}) as results
    from members m join projects p on p.project_id = m.project_id and p.archived_at is null
    where m.user_id = ${o.userId} and m.roles && '{associate,reviewer,lead}'::text[]
    order by lower(p.name)`.execute(db)
  return rows
}
