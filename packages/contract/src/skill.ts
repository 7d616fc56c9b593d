import { LocalText } from '@kasauti/core'
import { z } from 'zod'
import { CertificateId, ExamId, Instant, ProjectId, SkillId, UserId } from './ids.ts'
import { operations } from './operation.ts'

/** What somebody is to be certified in before they are given certain work. */
export const Skill = z.object({
  skillId: SkillId,
  name: z.string(),
  title: LocalText,
  summary: z.object({ en: z.string(), hi: z.string().optional() }),
  retired: z.boolean(),
  /** People with a valid certificate. */
  holders: z.number().int(),
})
export const Certificate = z.object({
  certificateId: CertificateId,
  skillId: SkillId,
  skillTitle: LocalText,
  userId: UserId,
  name: z.string(),
  source: z.enum(['exam', 'lead']),
  state: z.enum(['valid', 'expired', 'revoked']),
  note: z.string(),
  grantedBy: z.string().optional(),
  grantedAt: Instant,
  expiresAt: Instant.optional(),
  revokedAt: Instant.optional(),
})
const S = z.object({ skillId: SkillId })
const Summary = z.object({ en: z.string().max(2000), hi: z.string().max(2000).optional() })

export const skillOperations = operations('skill', {
  list: {
    method: 'GET',
    path: '/skills',
    summary: 'Skills of the installation',
    may: 'signed-in',
    output: z.object({ rows: z.array(Skill) }),
  },
  create: {
    method: 'POST',
    path: '/skills',
    summary: 'Name a skill',
    may: 'creator',
    body: z.object({
      name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
      title: LocalText,
      summary: Summary.default({ en: '' }),
    }),
    output: Skill,
    errors: ['skill/name-taken'],
  },
  update: {
    method: 'PATCH',
    path: '/skills/:skillId',
    summary: 'Say a skill otherwise, retire it or restore it',
    may: 'creator',
    params: S,
    body: z.object({
      title: LocalText.optional(),
      summary: Summary.optional(),
      retired: z.boolean().optional(),
    }),
    output: Skill,
    errors: ['skill/not-found'],
  },
  people: {
    method: 'GET',
    path: '/skills/:skillId/people',
    summary: 'People I lead or manage (all people, for an admin) and their certificates in a skill',
    may: 'creator',
    params: S,
    output: z.object({
      rows: z.array(
        z.object({ userId: UserId, name: z.string(), certificates: z.array(Certificate) }),
      ),
    }),
    errors: ['skill/not-found'],
  },
  grant: {
    method: 'POST',
    path: '/skills/:skillId/certificates',
    summary: 'Certify somebody I lead or manage without an exam',
    may: 'creator',
    params: S,
    body: z.object({
      userId: UserId,
      validDays: z.number().int().min(1).max(3650).optional(),
      note: z.string().max(1000).default(''),
    }),
    output: Certificate,
    errors: ['skill/not-found', 'user/not-found'],
  },
  revoke: {
    method: 'POST',
    path: '/certificates/:certificateId/revoke',
    summary: 'Take a certificate back',
    may: 'creator',
    params: z.object({ certificateId: CertificateId }),
    body: z.object({ reason: z.string().trim().min(1).max(1000) }),
    output: Certificate,
    errors: ['certificate/not-found'],
  },
  mine: {
    method: 'GET',
    path: '/my-skills',
    summary: 'My certificates, the exams open to me and the training there is',
    may: 'signed-in',
    output: z.object({
      certificates: z.array(Certificate),
      exams: z.array(
        z.object({
          projectId: ProjectId,
          projectName: z.string(),
          examId: ExamId,
          title: z.string(),
          skillId: SkillId,
          skillTitle: LocalText,
          /** `held`: a valid certificate is there; `wait`: tried lately, see `from`. */
          state: z.enum(['open', 'running', 'held', 'wait', 'too-few-items']),
          from: Instant.optional(),
          atMost: z.number().int(),
        }),
      ),
      projects: z.array(
        z.object({
          projectId: ProjectId,
          projectName: z.string(),
          training: z.object({ items: z.number().int(), answered: z.number().int() }),
          /** Answers to gold that I may see the result of. */
          results: z.number().int(),
        }),
      ),
    }),
  },
})
