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
})
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
