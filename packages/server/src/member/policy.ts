/** Nobody grants, takes or invites above their own level. */
import { KasautiError, type ProjectRole } from '@kasauti/core'

const levels: Readonly<Record<ProjectRole, number>> = {
  stakeholder: 1,
  associate: 1,
  reviewer: 2,
  engineer: 3,
  lead: 3,
  manager: 4,
}

const levelOf = (roles: readonly ProjectRole[]): number =>
  Math.max(0, ...roles.map((role) => levels[role]))

/** Throws 403 if `roles` reach above the caller's own. */
export function refuseAbove(own: readonly ProjectRole[], roles: readonly ProjectRole[]): void {
  if (levelOf(roles) > levelOf(own))
    throw new KasautiError('auth/forbidden', 'This reaches above your own role in the project.')
}

/** May somebody with these roles give others? */
export const mayGive = (own: readonly ProjectRole[], roles: readonly ProjectRole[]): boolean =>
  leads(own) && levelOf(roles) <= levelOf(own)

export const leads = (roles: readonly ProjectRole[]): boolean =>
  roles.includes('lead') || roles.includes('manager')
