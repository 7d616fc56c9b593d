import { KasautiError } from '@kasauti/core'
import { type Ctx, handlers } from '../platform/http/handler.ts'
import { listCertificatesOf, listMyProjects, presentCertificate } from '../skill/index.ts'
import { audit } from '../system/index.ts'
import { presentExam, presentOpenExam, presentSitting } from './presenter.ts'
import { startSitting } from './sitting.ts'
import {
  findSitting,
  insertExam,
  listExams,
  listOpenExams,
  listSittings,
  skillExists,
  updateExam,
} from './storage.ts'

export const routes = handlers({
  'exam.list': async (ctx, { params }) => ({
    rows: (await listExams(ctx.db, params)).map(presentExam),
  }),

  'exam.create': async (ctx, { params, body }) => {
    if (!(await skillExists(ctx.db, body.skillId))) throw new KasautiError('skill/not-found')
    const examId = ctx.app.newId()
    const made = { ...params, ...body, examId, by: ctx.caller.userId, now: ctx.now }
    await insertExam(ctx.db, made)
    await audit(ctx.db, ctx, 'exam.created', { exam: body.title })
    changed(ctx, params.projectId)
    return examNamed(ctx, { ...params, examId })
  },

  'exam.update': async (ctx, { params, body }) => {
    await examNamed(ctx, params)
    await updateExam(ctx.db, { ...params, ...body })
    await audit(ctx.db, ctx, 'exam.updated', { exam: body.title, active: String(body.active) })
    changed(ctx, params.projectId)
    return examNamed(ctx, params)
  },

  'exam.sittings': async (ctx, { params }) => {
    await examNamed(ctx, params)
    const rows = await listSittings(ctx.db, params)
    return {
      rows: rows.map((row) => ({
        ...presentSitting(row, ctx.now),
        userId: row.user_id,
        name: row.name,
        correct: row.correct,
        wrong: row.wrong,
      })),
    }
  },

  'exam.start': async (ctx, { params }) => presentSitting(await startSitting(ctx, params), ctx.now),

  'exam.sitting': async (ctx, { params }) => {
    const mine = { ...params, userId: ctx.caller.userId, lock: 'no' as const }
    const row = await findSitting(ctx.db, mine)
    if (!row) throw new KasautiError('exam/not-found')
    return presentSitting(row, ctx.now)
  },

  // Exams know of skills, not skills of exams: what a person has of both is told here.
  'skill.mine': async (ctx) => {
    const me = { userId: ctx.caller.userId, now: ctx.now }
    const [certificates, exams, projects] = await Promise.all([
      listCertificatesOf(ctx.db, me.userId),
      listOpenExams(ctx.db, me),
      listMyProjects(ctx.db, me),
    ])
    return {
      certificates: certificates.map((row) => presentCertificate(row, ctx.now)),
      exams: exams.map((row) => presentOpenExam(row, ctx.now)),
      projects: projects.map((p) => ({
        projectId: p.project_id,
        projectName: p.name,
        training: { items: p.training_items, answered: p.training_answered },
        results: p.results,
      })),
    }
  },
})

async function examNamed(ctx: Ctx, at: { projectId: string; examId: string }) {
  const [row] = await listExams(ctx.db, at)
  if (!row) throw new KasautiError('exam/not-found')
  return presentExam(row)
}

const changed = (ctx: Ctx, projectId: string): void =>
  ctx.afterCommit(() => ctx.app.announce({ kind: 'project.changed', projectId }))
