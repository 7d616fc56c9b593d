import type { WireOutput } from '@kasauti/contract'
import type { ProjectRole } from '@kasauti/core'
import { queryOptions, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { client } from './client.ts'
import { meOrKept, rememberMe } from './kept-me.ts'
import { apiQuery, queryClient } from './query.ts'

export type Me = WireOutput<'session.me'>
/** Without a network: whoever was here last. */
export const meQuery = queryOptions<Me>({
  queryKey: apiQuery('session.me', {}).queryKey,
  queryFn: ({ signal }) => meOrKept(() => client.call('session.me', { signal })),
})

/** The signed-in person. Only below the signed-in frame, which has loaded it. */
export const useMe = (): Me => useSuspenseQuery({ ...meQuery, staleTime: 60_000 }).data

/** My roles in a project; an admin has all of them. */
export function rolesIn(me: Me, projectId: string): readonly ProjectRole[] {
  if (me.admin) return ['associate', 'reviewer', 'lead', 'manager', 'engineer', 'stakeholder']
  return me.projects.find((p) => p.projectId === projectId)?.roles ?? []
}
export const hasRole = (me: Me, projectId: string, roles: readonly ProjectRole[]): boolean =>
  rolesIn(me, projectId).some((role) => roles.includes(role))

/** Take an answer that carries the whole person (sign-in, a changed preference) as the truth. */
export const keepMe = (me: Me): void => {
  queryClient.setQueryData(meQuery.queryKey, me)
  rememberMe(me)
}

/** Change my preferences: at once here, then on the server. */
export function useSavePreferences(): (change: Partial<Me['preferences']>) => Promise<void> {
  const cache = useQueryClient()
  return async (change) => {
    const before = cache.getQueryData(meQuery.queryKey)
    if (before) keepMe({ ...before, preferences: { ...before.preferences, ...change } })
    try {
      keepMe(await client.call('session.updateMe', { body: { preferences: change } }))
    } catch (thrown) {
      if (before) keepMe(before)
      throw thrown
    }
  }
}
