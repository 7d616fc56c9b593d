import type { OperationName, WireOutput } from '@kasauti/contract'
import { ApiError, type CallInput } from '@kasauti/contract/client'
import {
  keepPreviousData,
  MutationCache,
  QueryCache,
  QueryClient,
  queryOptions,
  type UseMutationResult,
  useMutation,
  useQuery,
} from '@tanstack/react-query'
import { client } from './client.ts'
import { sessionEnded } from './session.ts'

const noticed = (error: unknown): void => {
  if (error instanceof ApiError && error.status === 401 && error.code !== 'auth/wrong-credentials')
    sessionEnded()
}

/** One cache of answers for the page. The client retries what failed on the way; nothing else is retried. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticed }),
  mutationCache: new MutationCache({ onError: noticed }),
  defaultOptions: {
    queries: { retry: false, staleTime: 10_000, refetchOnWindowFocus: true, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
})

type AnyCall = (name: OperationName, input: object) => Promise<never>
const call = client.call as unknown as AnyCall

/** Key and fetch of an operation's answer: for `useQuery`, `prefetchQuery` and loaders. */
export const apiQuery = <N extends OperationName>(name: N, input: CallInput<N>) =>
  queryOptions<WireOutput<N>>({
    queryKey: [name, input],
    queryFn: ({ signal }) => call(name, { ...input, signal }),
  })

/** An operation's answer, kept fresh by events. */
export const useApi = <N extends OperationName>(
  name: N,
  input: CallInput<N>,
  options: {
    readonly enabled?: boolean
    readonly refetchInterval?: number | false
    readonly keep?: 'previous'
  } = {},
) =>
  useQuery<WireOutput<N>, Error>({
    queryKey: [name, input],
    queryFn: ({ signal }) => call(name, { ...input, signal }),
    ...(options.enabled === undefined ? {} : { enabled: options.enabled }),
    ...(options.refetchInterval === undefined ? {} : { refetchInterval: options.refetchInterval }),
    ...(options.keep ? { placeholderData: keepPreviousData as never } : {}),
  })

type MutationInput<N extends OperationName> = CallInput<N> & { readonly ifMatch?: string }

/**
 * Call an operation on a person's wish; afterwards the answers of the named operations are fetched
 * anew (`'project'` means all of `project.*`).
 */
export const useApiMutation = <N extends OperationName>(
  name: N,
  refresh: readonly string[] = [],
): UseMutationResult<WireOutput<N>, Error, MutationInput<N>> =>
  useMutation<WireOutput<N>, Error, MutationInput<N>>({
    mutationFn: (input) => call(name, input),
    onSuccess: () => refreshAnswers(refresh),
  })

/** More pages than one fetches again because something in them may have changed. */
const isLong = (answer: unknown): boolean =>
  typeof answer === 'object' &&
  answer !== null &&
  'pages' in answer &&
  Array.isArray(answer.pages) &&
  answer.pages.length > 3

/** Fetch the answers of these nouns or operations anew. Optionally of one project only. */
export async function refreshAnswers(names: readonly string[], projectId?: string): Promise<void> {
  if (names.length === 0) return
  await queryClient.invalidateQueries({
    predicate: ({ queryKey: [name, input], state }) => {
      if (typeof name !== 'string' || isLong(state.data)) return false
      if (!names.some((n) => name === n || name.startsWith(`${n}.`))) return false
      const params = (input as { params?: { projectId?: string } } | undefined)?.params
      return (
        projectId === undefined || params?.projectId === undefined || params.projectId === projectId
      )
    },
  })
}
