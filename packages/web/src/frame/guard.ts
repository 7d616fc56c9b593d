import { hasRole, type Me, meQuery, queryClient } from '../platform/api/index.ts'
import { projectScreens } from './access.ts'

/** Thrown by a route that the person's role does not open. */
export class NotAllowed extends Error {
  constructor() {
    super('not allowed')
    this.name = 'NotAllowed'
  }
}

type Rule = (typeof projectScreens)[number]['id'] | ((me: Me) => boolean)

function allows(rule: Rule, me: Me, projectId: string): boolean {
  if (typeof rule === 'function') return rule(me)
  const screen = projectScreens.find((s) => s.id === rule)
  return !screen || screen.roles === 'everybody' || hasRole(me, projectId, screen.roles)
}

/**
 * Keeps a screen from those who may not open it: the server would refuse them anyway, less kindly.
 * @throws NotAllowed
 */
export function admit(rule: Rule, projectId = ''): void {
  const me = queryClient.getQueryData(meQuery.queryKey)
  if (me && !allows(rule, me, projectId)) throw new NotAllowed()
}
