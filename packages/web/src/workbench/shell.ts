/** Copies of what showing items needs besides them, for a page without a network. */
import { ApiError, apiQuery, queryClient } from '../platform/api/index.ts'
import { keepShell, readShell } from './journal.ts'

let owner: string | undefined
/** Whose copies they are: nobody else is shown them. */
export const setShellOwner = (userId: string): void => {
  owner = userId
}

/** The server's answer, copied; out of its reach the copy. */
export async function withCopy<T>(name: string, fetched: () => Promise<T>): Promise<T> {
  const whose = owner
  try {
    const value = await fetched()
    if (whose !== undefined) keepShell(whose, name, value).catch(() => undefined)
    return value
  } catch (error) {
    if (whose === undefined || !(error instanceof ApiError) || error.status !== 0) throw error
    const copy = await readShell(whose, name).catch(() => undefined)
    if (copy === undefined) throw error
    return copy as T
  }
}

/** A project as the bench needs it: reasons to skip, instructions, its name. */
export function foreseeProject(projectId: string): void {
  const query = apiQuery('project.get', { params: { projectId } })
  const fetched = () => queryClient.fetchQuery({ ...query, staleTime: 60_000 })
  withCopy(`project ${projectId}`, fetched).then(
    (project) => {
      if (queryClient.getQueryData(query.queryKey) === undefined)
        queryClient.setQueryData(query.queryKey, project)
    },
    () => undefined,
  )
}
