import { type Output, Preferences } from '@kasauti/contract'
import { KasautiError } from '@kasauti/core'
import type { z } from 'zod'
import type { Db } from '../platform/app.ts'
import { findMyself, listEveryProject, listMyProjects, type SessionRow } from './storage.ts'

type Stored = z.output<typeof Preferences>

export const preferencesFor = (locale: 'en' | 'hi'): Stored => ({
  locale,
  theme: 'auto',
  keys: {},
})

/** Stored preferences; what no longer fits falls back to the defaults. */
export function readPreferences(stored: unknown): Stored {
  const read = Preferences.safeParse(stored)
  return read.success ? read.data : preferencesFor('en')
}

/** The signed-in person as they see themselves. */
export async function presentMe(db: Db, userId: string): Promise<Output<'session.me'>> {
  const me = await findMyself(db, userId)
  if (!me) throw new KasautiError('auth/required', 'Sign in first.')
  const projects = me.admin ? await listEveryProject(db, userId) : await listMyProjects(db, userId)
  const leads = projects.some((p) => p.roles.includes('lead') || p.roles.includes('manager'))
  return {
    userId: me.user_id,
    email: me.email,
    name: me.name,
    admin: me.admin,
    mayCreateProjects: me.admin || leads,
    preferences: readPreferences(me.preferences),
    projects: projects.map((p) => ({
      projectId: p.project_id,
      name: p.name,
      roles: [...p.roles],
      archived: p.archived,
    })),
  }
}

export const presentSession = (
  row: SessionRow,
  current: string | undefined,
): Output<'session.list'>['rows'][number] => ({
  sessionId: row.session_id,
  createdAt: row.created_at,
  lastSeenAt: row.last_seen_at,
  device: row.device,
  current: row.session_id === current,
})
