import { LocalText } from '@kasauti/core'
import { z } from 'zod'
import { CertificateId, ExamId, Instant, SittingId, SkillId, UserId } from './ids.ts'
import { operations } from './operation.ts'
import { anyRole, P } from './project.ts'

const Share = z.number().min(0.01).max(0.999)
/** A sequential test: refuse at a share right of `p0`, grant at `p1`, wrong with `alpha` and `beta`. */
const ExamRule = z.object({
  p0: Share,
  p1: Share,
  alpha: z.number().min(0.001).max(0.4),
  beta: z.number().min(0.001).max(0.4),
  maxItems: z.number().int().min(1).max(500),
})
const ordered = (rule: { p0: number; p1: number }) => rule.p0 < rule.p1
const Wording = z.object({
  title: z.string().trim().min(1).max(120),
  /** How long its certificate is valid; without end when left out. */
  validDays: z.number().int().min(1).max(3650).optional(),
  /** How long to wait after a refusal. */
  retryDays: z.number().int().min(0).max(365),
})
export const Exam = Wording.extend({
  ...ExamRule.shape,
  examId: ExamId,
  skillId: SkillId,
  skillTitle: LocalText,
  active: z.boolean(),
  /** Exam questions there are in the project. */
  questions: z.number().int(),
  passed: z.number().int(),
  failed: z.number().int(),
  running: z.number().int(),
})
export const Sitting = z.object({
  sittingId: SittingId,
  examId: ExamId,
  title: z.string(),
  skillTitle: LocalText,
  state: z.enum(['running', 'passed', 'failed']),
  answered: z.number().int(),
  atMost: z.number().int(),
  startedAt: Instant,
  finishedAt: Instant.optional(),
  /** Told at the end only. */
  correct: z.number().int().optional(),
  certificateId: CertificateId.optional(),
  expiresAt: Instant.optional(),
  retryFrom: Instant.optional(),
})
const E = P.extend({ examId: ExamId })
const leads = ['lead', 'manager'] as const
const sits = ['associate', 'reviewer', 'lead'] as const

export const examOperations = operations('exam', {
  list: {
    method: 'GET',
    path: '/projects/:projectId/exams',
    summary: 'Entry exams of the project',
    may: anyRole,
    params: P,
    output: z.object({ rows: z.array(Exam) }),
  },
  create: {
    method: 'POST',
    path: '/projects/:projectId/exams',
    summary: 'Set an exam for a skill',
    may: leads,
    params: P,
    body: Wording.extend({ ...ExamRule.shape, skillId: SkillId }).refine(
      ordered,
      'p0 must be below p1',
    ),
    output: Exam,
    errors: ['skill/not-found'],
  },
  update: {
    method: 'PATCH',
    path: '/projects/:projectId/exams/:examId',
    summary:
      'Change an exam, close it or open it again; sittings that run are decided by the new rule',
    may: leads,
    params: E,
    body: Wording.extend({ ...ExamRule.shape, active: z.boolean() }).refine(
      ordered,
      'p0 must be below p1',
    ),
    output: Exam,
    errors: ['exam/not-found'],
  },
  sittings: {
    method: 'GET',
    path: '/projects/:projectId/exams/:examId/sittings',
    summary: 'Who sat an exam and how it went, newest first, at most 200',
    may: leads,
    params: E,
    output: z.object({
      rows: z.array(Sitting.extend({ userId: UserId, name: z.string(), wrong: z.number().int() })),
    }),
    errors: ['exam/not-found'],
  },
  start: {
    method: 'POST',
    path: '/projects/:projectId/exams/:examId/start',
    summary: 'Begin an exam, or go on with it',
    may: sits,
    params: E,
    output: Sitting,
    errors: ['exam/not-found', 'exam/too-soon', 'exam/too-few-items'],
  },
  sitting: {
    method: 'GET',
    path: '/projects/:projectId/sittings/:sittingId',
    summary: 'How my sitting stands',
    may: sits,
    params: P.extend({ sittingId: SittingId }),
    output: Sitting,
    errors: ['exam/not-found'],
  },
})
