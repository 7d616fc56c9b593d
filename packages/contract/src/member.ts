import { ProjectRole } from '@kasauti/core'
import { z } from 'zod'
import { Instant, UserId } from './ids.ts'
import { operations } from './operation.ts'
import { P } from './project.ts'

export const Member = z.object({
  userId: UserId,
  name: z.string(),
  email: z.string(),
  roles: z.array(ProjectRole),
  addedAt: Instant,
  disabled: z.boolean(),
  /** Is handed nothing until resumed. */
  paused: z.object({ at: Instant, reason: z.string() }).optional(),
  /** In place of the project's own: items handed in on a UTC day, and held at once. */
  dailyCap: z.number().int().optional(),
  heldCap: z.number().int().optional(),
})
const M = P.extend({ userId: UserId })
export const memberOperations = operations('member', {
  list: {
    method: 'GET',
    path: '/projects/:projectId/members',
    summary: 'People of the project',
    may: ['lead', 'manager', 'engineer', 'reviewer'],
    params: P,
    output: z.object({ rows: z.array(Member) }),
  },
  set: {
    method: 'PUT',
    path: '/projects/:projectId/members/:userId',
    summary: 'Give a person roles',
    may: ['lead', 'manager'],
    params: P.extend({ userId: UserId }),
    body: z.object({ roles: z.array(ProjectRole).min(1) }),
    output: Member,
    errors: ['user/not-found', 'member/last-lead'],
  },
  remove: {
    method: 'DELETE',
    path: '/projects/:projectId/members/:userId',
    summary: 'Take a person out; their work stays',
    may: ['lead', 'manager'],
    params: P.extend({ userId: UserId }),
    errors: ['member/not-found', 'member/last-lead'],
  },
  pause: {
    method: 'POST',
    path: '/projects/:projectId/members/:userId/pause',
    summary: 'Hand a person nothing for now; what they hold is kept for them or given to others',
    may: ['lead', 'manager'],
    params: M,
    body: z.object({
      reason: z.string().trim().max(500).default(''),
      leases: z.enum(['keep', 'release']).default('release'),
    }),
    output: Member,
    errors: ['member/not-found'],
  },
  resume: {
    method: 'POST',
    path: '/projects/:projectId/members/:userId/resume',
    summary: 'Hand a paused person work again',
    may: ['lead', 'manager'],
    params: M,
    output: Member,
    errors: ['member/not-found'],
  },
  setCaps: {
    method: 'PUT',
    path: '/projects/:projectId/members/:userId/caps',
    summary: 'Caps of one person in place of the project’s; left out: as the project says',
    may: ['lead', 'manager'],
    params: M,
    body: z.object({
      dailyCap: z.number().int().min(1).max(10_000).optional(),
      heldCap: z.number().int().min(1).max(100).optional(),
    }),
    output: Member,
    errors: ['member/not-found'],
  },
  candidates: {
    method: 'GET',
    path: '/projects/:projectId/member-candidates',
    summary: 'People who could be added',
    may: ['lead', 'manager'],
    params: P,
    query: z.object({ search: z.string().max(100).default('') }),
    output: z.object({
      rows: z.array(z.object({ userId: UserId, name: z.string(), email: z.string() })),
    }),
  },
  invite: {
    method: 'POST',
    path: '/projects/:projectId/invitations',
    repeat: 'once',
    summary: 'Invite somebody new to this project by a link',
    may: ['lead', 'manager'],
    params: P,
    body: z.object({
      name: z.string().trim().max(100).optional(),
      roles: z.array(ProjectRole).min(1),
    }),
    output: z.object({ link: z.string(), expiresAt: Instant }),
  },
})
