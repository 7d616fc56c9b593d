import { ProjectRole } from '@kasauti/core'
import { z } from 'zod'
import { Instant, InvitationId, ProjectId, UserId } from './ids.ts'
import { operations, PageQuery, pageOf } from './operation.ts'
import { Email, Me, Password, PersonName } from './session.ts'

export const User = z.object({
  userId: UserId,
  email: z.string(),
  name: z.string(),
  admin: z.boolean(),
  disabled: z.boolean(),
  createdAt: Instant,
  lastSeenAt: Instant.optional(),
  projects: z.array(
    z.object({ projectId: ProjectId, name: z.string(), roles: z.array(ProjectRole) }),
  ),
})
const Grant = z.object({ projectId: ProjectId, roles: z.array(ProjectRole).min(1) })
export const Invitation = z.object({
  invitationId: InvitationId,
  email: z.string().optional(),
  name: z.string().optional(),
  admin: z.boolean(),
  grants: z.array(Grant.extend({ projectName: z.string() })),
  invitedBy: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
  state: z.enum(['open', 'accepted', 'revoked', 'expired']),
})

export const userOperations = operations('user', {
  list: {
    method: 'GET',
    path: '/users',
    summary: 'Everybody in the installation',
    may: 'admin',
    query: PageQuery.extend({ search: z.string().max(100).optional() }),
    output: pageOf(User),
  },
  update: {
    method: 'PATCH',
    path: '/users/:userId',
    summary: 'Rename, disable or enable a person, give or take admin',
    may: 'admin',
    params: z.object({ userId: UserId }),
    body: z.object({
      name: PersonName.optional(),
      disabled: z.boolean().optional(),
      admin: z.boolean().optional(),
    }),
    output: User,
    errors: ['user/not-found', 'auth/last-admin'],
  },
  resetPassword: {
    method: 'POST',
    path: '/users/:userId/password-link',
    repeat: 'once',
    summary: 'Make a one-time link with which a person sets a new password',
    may: 'admin',
    params: z.object({ userId: UserId }),
    output: z.object({ link: z.string(), expiresAt: Instant }),
    errors: ['user/not-found'],
  },
  setPassword: {
    method: 'POST',
    path: '/password-links/:secret',
    summary: 'Set a new password by a one-time link',
    may: 'public',
    params: z.object({ secret: z.string().max(100) }),
    body: z.object({ password: Password }),
    output: Me,
    errors: ['auth/link-invalid', 'user/weak-password'],
  },
})

export const invitationOperations = operations('invitation', {
  list: {
    method: 'GET',
    path: '/invitations',
    summary: 'Invitations, newest first',
    may: 'admin',
    query: PageQuery,
    output: pageOf(Invitation),
  },
  create: {
    method: 'POST',
    path: '/invitations',
    repeat: 'once',
    summary: 'Invite a person by a link; no mail is sent',
    may: 'admin',
    body: z.object({
      email: Email.optional(),
      name: PersonName.optional(),
      admin: z.boolean().default(false),
      grants: z.array(Grant).max(50).default([]),
      expiresInDays: z.number().int().min(1).max(30).default(7),
    }),
    output: z.object({ invitation: Invitation, link: z.string() }),
    errors: ['project/not-found', 'user/email-taken'],
  },
  revoke: {
    method: 'DELETE',
    path: '/invitations/:invitationId',
    summary: 'Take an invitation back',
    may: 'admin',
    params: z.object({ invitationId: InvitationId }),
    errors: ['invitation/not-found'],
  },
  show: {
    method: 'GET',
    path: '/invitation-links/:secret',
    summary: 'What an invitation link offers',
    may: 'public',
    params: z.object({ secret: z.string().max(100) }),
    output: z.object({
      email: z.string().optional(),
      name: z.string().optional(),
      invitedBy: z.string(),
      projects: z.array(z.string()),
    }),
    errors: ['auth/link-invalid'],
  },
  accept: {
    method: 'POST',
    path: '/invitation-links/:secret',
    summary: 'Accept an invitation: make the account and sign in',
    may: 'public',
    params: z.object({ secret: z.string().max(100) }),
    body: z.object({
      email: Email,
      name: PersonName,
      password: Password,
      locale: z.enum(['en', 'hi']).default('en'),
    }),
    output: Me,
    errors: ['auth/link-invalid', 'user/email-taken', 'user/weak-password'],
  },
})
