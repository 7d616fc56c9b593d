import { KasautiError } from '@kasauti/core'
import { notify } from '../notification/index.ts'
import { type Ctx, handlers } from '../platform/http/handler.ts'
import { audit } from '../system/index.ts'
import { grantCertificate } from './certificates.ts'
import { presentCertificate, presentSkill } from './presenter.ts'
import {
  findCertificate,
  insertSkill,
  listCertificatesIn,
  listKnownPeople,
  listSkills,
  setRevoked,
  updateSkill,
} from './storage.ts'

export const routes = handlers({
  'skill.list': async (ctx) => ({
    rows: (await listSkills(ctx.db, ctx)).map(presentSkill),
  }),

  'skill.create': async (ctx, { body }) => {
    const skillId = ctx.app.newId()
    const made = { ...body, skillId, by: ctx.caller.userId, now: ctx.now }
    if (!(await insertSkill(ctx.db, made))) throw new KasautiError('skill/name-taken')
    await audit(ctx.db, ctx, 'skill.created', { skill: body.name })
    return presentSkill(await skillNamed(ctx, skillId))
  },

  'skill.update': async (ctx, { params, body }) => {
    const before = await skillNamed(ctx, params.skillId)
    const { retired } = body
    await updateSkill(ctx.db, {
      ...params,
      title: body.title,
      summary: body.summary,
      retiredAt: retired === undefined ? undefined : retired ? ctx.now : null,
    })
    await audit(ctx.db, ctx, 'skill.updated', {
      skill: before.name,
      ...(retired === undefined ? {} : { retired: String(retired) }),
    })
    return presentSkill(await skillNamed(ctx, params.skillId))
  },

  'skill.people': async (ctx, { params }) => {
    await skillNamed(ctx, params.skillId)
    const people = await listKnownPeople(ctx.db, knownTo(ctx))
    const rows = await listCertificatesIn(ctx.db, {
      ...params,
      userIds: people.map((p) => p.user_id),
    })
    const ofPerson = Map.groupBy(rows, (row) => row.user_id)
    return {
      rows: people.map((p) => ({
        userId: p.user_id,
        name: p.name,
        certificates: (ofPerson.get(p.user_id) ?? []).map((c) => presentCertificate(c, ctx.now)),
      })),
    }
  },

  'skill.grant': async (ctx, { params, body }) => {
    const skill = await skillNamed(ctx, params.skillId)
    await refuseUnknown(ctx, body.userId)
    const { certificateId } = await grantCertificate(ctx, {
      ...params,
      ...body,
      skillTitle: skill.title.en,
      source: 'lead',
      grantedBy: ctx.caller.userId,
      validDays: body.validDays,
    })
    await audit(ctx.db, ctx, 'certificate.granted', { skill: skill.name, person: body.userId })
    return certificateNamed(ctx, certificateId)
  },

  'skill.revoke': async (ctx, { params, body }) => {
    const row = await findCertificate(ctx.db, params.certificateId)
    if (!row) throw new KasautiError('certificate/not-found')
    const known = await listKnownPeople(ctx.db, { ...knownTo(ctx), only: row.user_id })
    if (known.length === 0 && !ctx.caller.admin) throw new KasautiError('certificate/not-found')
    if (row.revoked_at) return presentCertificate(row, ctx.now)
    const { certificateId } = params
    await setRevoked(ctx.db, {
      certificateId,
      by: ctx.caller.userId,
      now: ctx.now,
      note: body.reason,
    })
    await audit(ctx.db, ctx, 'certificate.revoked', {
      skill: row.skill_title.en,
      person: row.user_id,
      reason: body.reason,
    })
    await notify(ctx.db, ctx.app, {
      userId: row.user_id,
      kind: 'certificate-revoked',
      params: { name: row.skill_title.en, reason: body.reason },
      href: '/my-skills',
    })
    return certificateNamed(ctx, certificateId)
  },
})

const knownTo = (ctx: Ctx) => ({
  userId: ctx.caller.userId,
  see: ctx.caller.admin ? ('all' as const) : ('mine' as const),
})

async function skillNamed(ctx: Ctx, skillId: string) {
  const [row] = await listSkills(ctx.db, { now: ctx.now, skillId })
  if (!row) throw new KasautiError('skill/not-found')
  return row
}

async function refuseUnknown(ctx: Ctx, userId: string): Promise<void> {
  const known = await listKnownPeople(ctx.db, { ...knownTo(ctx), only: userId })
  if (known.length === 0) throw new KasautiError('user/not-found', 'There is no such person.')
}

async function certificateNamed(ctx: Ctx, certificateId: string) {
  const row = await findCertificate(ctx.db, certificateId)
  if (!row) throw new Error('a certificate that was written is missing')
  return presentCertificate(row, ctx.now)
}
