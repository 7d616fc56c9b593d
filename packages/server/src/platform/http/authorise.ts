/** The contract's `may`, enforced. */
import type { Operation } from '@kasauti/contract'
import { KasautiError, type ProjectRole, projectRoles } from '@kasauti/core'
import type { App } from '../app.ts'
import { authRequired, type Membership } from './authenticate.ts'
import type { Access, Caller } from './handler.ts'
import { leadsSomewhere } from './storage.ts'

/** What an archived project still lets be changed: being restored, and running work being stopped. */
const changesArchived: ReadonlySet<string> = new Set([
  'project.update',
  'import.cancel',
  'delivery.cancel',
  'member.remove',
  'work.release',
])

const forbidden = (): KasautiError =>
  new KasautiError('auth/forbidden', 'Your roles do not allow this.')
export const noProject = (): KasautiError =>
  new KasautiError('project/not-found', 'There is no such project, or you are not part of it.')

/** Throws 401, 403 or 404; otherwise the caller's access to the project in the path, if one is. */
export async function authorise(
  app: App,
  op: Operation,
  by: {
    readonly caller: Caller | undefined
    readonly projectId: string | undefined
    readonly membership: Membership | undefined
  },
): Promise<Access | undefined> {
  if (op.may === 'public') return undefined
  if (!by.caller) throw authRequired()
  switch (op.may) {
    case 'signed-in':
      return undefined
    case 'admin':
      if (!by.caller.admin) throw forbidden()
      return undefined
    case 'creator':
      if (!by.caller.admin && !(await leadsSomewhere(app.db, by.caller.userId))) throw forbidden()
      return undefined
    default:
      return projectAccess(op, { ...by, caller: by.caller, may: op.may })
  }
}

function projectAccess(
  op: Operation,
  by: {
    readonly caller: Caller
    readonly may: readonly ProjectRole[]
    readonly projectId: string | undefined
    readonly membership: Membership | undefined
  },
): Access {
  const { projectId, membership } = by
  if (projectId === undefined || !membership?.project_found) throw noProject()
  if (!(membership.roles || by.caller.admin)) throw noProject()
  const roles = by.caller.admin ? projectRoles : (membership.roles ?? [])
  if (!by.caller.admin && !roles.some((role) => by.may.includes(role))) throw forbidden()
  if (membership.archived && op.method !== 'GET' && !changesArchived.has(op.name))
    throw new KasautiError('project/archived', 'The project is archived; restore it first.')
  return { projectId, roles }
}
