/** Every failure as problem+json (RFC 9457). */
import { type ErrorCode, errorStatus, KasautiError, type Problem } from '@kasauti/core'

export type ProblemBody = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ErrorCode
  readonly detail: string
  readonly problems: readonly Problem[]
  readonly requestId: string
}

const titleOf = (code: ErrorCode): string => {
  const words = code.replace('/', ': ').replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export function problemBody(error: KasautiError, requestId: string): ProblemBody {
  return {
    ...error.extra,
    type: `urn:kasauti:error:${error.code}`,
    title: titleOf(error.code),
    status: errorStatus[error.code],
    code: error.code,
    detail: error.message,
    problems: error.problems,
    requestId,
  }
}

// PostgreSQL's classes 08 (connection), 53 (resources), 57P (shutdown) and the socket's own errors.
const unavailable =
  /^(08\w{3}|53\w{3}|57P0[1-5]|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/
const connectionWords =
  /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Cannot use a pool after calling end/

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''

const isUnavailable = (error: unknown): boolean => {
  if (error instanceof AggregateError) return error.errors.some(isUnavailable)
  const code = codeOf(error)
  if (code === 'ENOENT')
    return error instanceof Error && 'syscall' in error && error.syscall === 'connect'
  return unavailable.test(code) || (error instanceof Error && connectionWords.test(error.message))
}

/** Serialisation failure or deadlock: PostgreSQL asks to run the transaction again. */
export const mayRunAgain = (error: unknown): boolean => /^(40001|40P01)$/.test(codeOf(error))

/**
 * Anything thrown, as an expected failure. What is not expected becomes `server/bug` without a word
 * of its cause; `cause` goes to the log.
 */
export function toKasautiError(thrown: unknown): { error: KasautiError; cause?: unknown } {
  if (thrown instanceof KasautiError) return { error: thrown }
  if (/^(ENOSPC|EDQUOT|53100)$/.test(codeOf(thrown)))
    return {
      error: new KasautiError('server/unavailable', 'The disk of the server is full.'),
      cause: thrown,
    }
  if (isUnavailable(thrown)) {
    const error = new KasautiError('server/unavailable', 'The database cannot be reached.', {
      extra: { retryAfterSeconds: 5 },
    })
    return { error, cause: thrown }
  }
  // Text that PostgreSQL cannot hold: NUL, half of a surrogate pair.
  if (/^(22021|22P05)$/.test(codeOf(thrown)))
    return {
      error: new KasautiError(
        'request/invalid',
        'The text holds a character that cannot be stored.',
      ),
    }
  return { error: new KasautiError('server/bug', 'Something went wrong here.'), cause: thrown }
}
