/** Who decides an appeal. */
import type { ProjectRole } from '@kasauti/core'
import type { Ctx } from '../platform/http/handler.ts'
import { type AppealRow, listDeciders } from './storage.ts'

/** Reviews are decided by who reviews and who leads; gold by who makes it. */
export const deciders: Readonly<Record<AppealRow['kind'], readonly ProjectRole[]>> = {
  review: ['reviewer', 'lead', 'manager'],
  gold: ['lead', 'manager'],
}

export const kindsFor = (roles: readonly ProjectRole[]): AppealRow['kind'][] =>
  (['review', 'gold'] as const).filter((kind) => deciders[kind].some((r) => roles.includes(r)))

/** Never the appellant; never whose verdict it is, unless there is nobody else. */
export async function mayDecide(
  ctx: Ctx,
  projectId: string,
  row: Pick<AppealRow, 'kind' | 'user_id' | 'reviewer_id'>,
): Promise<boolean> {
  const roles = deciders[row.kind]
  const { userId } = ctx.caller
  if (userId === row.user_id || !roles.some((role) => ctx.access.roles.includes(role))) return false
  if (userId !== row.reviewer_id) return true
  const others = await listDeciders(ctx.db, { projectId, roles, but: [row.user_id, userId] })
  return others.length === 0
}
