/** Exit codes of the command line, from the same table of errors as the HTTP answers. */
import { ApiError } from '@kasauti/contract'
import { errorStatus, KasautiError } from '@kasauti/core'
import { UsageError } from './command.ts'

export const exitCodes = [
  ['0', 'done'],
  ['1', 'it failed, or something is wrong'],
  ['2', 'the command was called the wrong way'],
  ['3', 'not signed in, or not allowed'],
  ['4', 'not found'],
  ['5', 'conflicts with what is there'],
  ['6', 'the input is not acceptable'],
  ['7', 'the server is not reachable, or asks to wait'],
  ['130', 'stopped by Ctrl-C'],
] as const

export function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return 2
  if (error instanceof ApiError) return byStatus(error.status)
  if (error instanceof KasautiError) return byStatus(errorStatus[error.code])
  return 1
}

function byStatus(status: number): number {
  if (status === 401 || status === 403) return 3
  if (status === 404 || status === 410) return 4
  if (status === 409 || status === 412) return 5
  if (status === 0 || status === 429 || status === 503) return 7
  return status >= 400 && status < 500 ? 6 : 1
}
