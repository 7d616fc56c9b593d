import { Locale, ProjectRole } from '@kasauti/core'
import { z } from 'zod'
import { Instant, ProjectId, SessionId, UserId } from './ids.ts'
import { operations } from './operation.ts'

export const Email = z
  .email()
  .max(254)
  .meta({ examples: ['asha@example.org'] })
  .transform((s) => s.toLowerCase())
export const Password = z
  .string()
  .min(10, 'at least 10 characters')
  .max(200)
  .meta({ examples: ['seven quiet lanterns'] })
export const PersonName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .meta({ examples: ['आशा वर्मा'] })
export const Theme = z.enum(['light', 'dark', 'auto'])
export const Preferences = z.object({
  locale: Locale,
  theme: Theme,
  keys: z.record(z.string().max(80), z.string().max(40)).default({}),
})

export const Me = z.object({
  userId: UserId,
  email: z.string(),
  name: z.string(),
  admin: z.boolean(),
  mayCreateProjects: z.boolean(),
  preferences: Preferences,
  projects: z.array(
    z.object({
      projectId: ProjectId,
      name: z.string(),
      roles: z.array(ProjectRole),
      archived: z.boolean(),
    }),
  ),
})
export const Session = z.object({
  sessionId: SessionId,
  createdAt: Instant,
  lastSeenAt: Instant,
  device: z.string(),
  current: z.boolean(),
})

export const sessionOperations = operations('session', {
  signIn: {
    method: 'POST',
    path: '/session',
    summary: 'Sign in with e-mail and password; sets the session cookie',
    may: 'public',
    body: z.object({ email: Email, password: z.string().max(200) }),
    output: Me,
    errors: ['auth/wrong-credentials', 'request/rate-limited'],
  },
  signOut: {
    method: 'DELETE',
    path: '/session',
    repeat: 'safe',
    summary: 'Sign out here',
    may: 'signed-in',
  },
  list: {
    method: 'GET',
    path: '/sessions',
    summary: 'Where I am signed in',
    may: 'signed-in',
    output: z.object({ rows: z.array(Session) }),
  },
  signOutEverywhere: {
    method: 'DELETE',
    path: '/sessions',
    repeat: 'safe',
    summary: 'Sign out everywhere, here included',
    may: 'signed-in',
  },
  me: {
    method: 'GET',
    path: '/me',
    summary: 'Who I am and what I may see',
    may: 'signed-in',
    output: Me,
  },
  updateMe: {
    method: 'PATCH',
    path: '/me',
    summary: 'Change my name or preferences',
    may: 'signed-in',
    body: z.object({ name: PersonName.optional(), preferences: Preferences.partial().optional() }),
    output: Me,
  },
  changePassword: {
    method: 'PUT',
    path: '/me/password',
    summary: 'Change my password; other sessions end',
    may: 'signed-in',
    body: z.object({ current: z.string().max(200), password: Password }),
    errors: ['auth/wrong-credentials', 'user/weak-password'],
  },
  setupInfo: {
    method: 'GET',
    path: '/setup/:secret',
    summary: 'Is this one-time link good?',
    may: 'public',
    params: z.object({ secret: z.string().max(100) }),
    output: z.object({ purpose: z.enum(['first-admin', 'password-reset']) }),
    errors: ['auth/link-invalid'],
  },
  setup: {
    method: 'POST',
    path: '/setup/:secret',
    summary: 'Become the first admin by the one-time link the server printed',
    may: 'public',
    params: z.object({ secret: z.string().max(100) }),
    body: z.object({
      email: Email,
      name: PersonName,
      password: Password,
      locale: Locale.default('en'),
    }),
    output: Me,
    errors: ['auth/link-invalid', 'user/weak-password'],
  },
})
