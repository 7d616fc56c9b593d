/**
 * Who was here last, on this device: name, id and roles, so that the bench opens without a network. Gone
 * with signing out, with an ended session and with anybody else's signing in.
 */

import type { WireOutput } from '@kasauti/contract'
import { ApiError } from '@kasauti/contract/client'

type Me = WireOutput<'session.me'>
const key = 'kasauti-me'

export function rememberMe(me: Me): void {
  const { userId, name, admin, mayCreateProjects, preferences, projects } = me
  const kept: Me = { userId, email: '', name, admin, mayCreateProjects, preferences, projects }
  try {
    localStorage.setItem(key, JSON.stringify(kept))
  } catch {
    // Full or forbidden: then a page without a network cannot tell who is here.
  }
}
export function forgetMe(): void {
  try {
    localStorage.removeItem(key)
  } catch {
    // Nothing was kept.
  }
}
function recall(): Me | undefined {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? 'null') as Me | null) ?? undefined
  } catch {
    return undefined
  }
}

/** Nothing answered, or a server that is not there yet. */
const outOfReach = (error: unknown): boolean =>
  error instanceof ApiError && [0, 502, 503, 504].includes(error.status)

/** The person from the server; out of its reach, whoever was here last. */
export async function meOrKept(fetched: () => Promise<Me>): Promise<Me> {
  try {
    const me = await fetched()
    rememberMe(me)
    return me
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) forgetMe()
    const kept = outOfReach(error) ? recall() : undefined
    if (kept === undefined) throw error
    return kept
  }
}
