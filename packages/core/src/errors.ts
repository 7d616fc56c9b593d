import { codedProblem, type Problem } from './problem/index.ts'

/**
 * Every error code a person or a program can meet, with its HTTP status. One table: the HTTP mapper,
 * the CLI's exit codes and the interface's texts (`error.<code>`) all read it.
 */
export const errorStatus = {
  'request/invalid': 400,
  'request/malformed': 400,
  'request/too-large': 413,
  'request/wrong-media-type': 415,
  'request/rate-limited': 429,
  'request/origin-refused': 403,
  'request/idempotency-conflict': 409,
  'request/precondition-failed': 412,
  'route/not-found': 404,
  'auth/required': 401,
  'auth/wrong-credentials': 401,
  'auth/forbidden': 403,
  'auth/link-invalid': 410,
  'auth/last-admin': 409,
  'user/not-found': 404,
  'user/email-taken': 409,
  'user/weak-password': 422,
  'token/not-found': 404,
  'invitation/not-found': 404,
  'project/not-found': 404,
  'project/archived': 409,
  'project/paused': 409,
  'member/not-found': 404,
  'member/last-lead': 409,
  'member/paused': 409,
  'batch/not-found': 404,
  'batch/name-taken': 409,
  'batch/wrong-state': 409,
  'batch/closed': 409,
  'batch/criteria-unmet': 409,
  'batch/everything-else': 409,
  'batch/not-empty': 409,
  'workflow/invalid': 422,
  'workflow/unchanged': 409,
  'queue/skill-needed': 403,
  'queue/cap-reached': 409,
  'gold/not-found': 404,
  'gold/exists': 409,
  'skill/not-found': 404,
  'skill/name-taken': 409,
  'certificate/not-found': 404,
  'exam/not-found': 404,
  'exam/too-soon': 409,
  'exam/too-few-items': 409,
  'exam/finished': 409,
  'appeal/not-found': 404,
  'appeal/closed': 409,
  'appeal/own-work': 403,
  'calendar/invalid': 422,
  'calendar/not-found': 404,
  'schema/invalid': 422,
  'schema/not-found': 404,
  'schema/unchanged': 409,
  'taxonomy/invalid': 422,
  'taxonomy/not-found': 404,
  'upload/not-found': 404,
  'upload/unreadable': 422,
  'import/not-found': 404,
  'import/duplicate-file': 409,
  'import/mapping-invalid': 422,
  'import/not-running': 409,
  'item/not-found': 404,
  'item/key-taken': 409,
  'item/filter-invalid': 400,
  'view/not-found': 404,
  'view/name-taken': 409,
  'assignment/not-found': 404,
  'assignment/expired': 409,
  'assignment/wrong-state': 409,
  'assignment/stale-draft': 409,
  'annotation/not-found': 404,
  'answer/invalid': 422,
  'review/own-work': 403,
  'review/note-required': 422,
  'delivery/not-found': 404,
  'delivery/empty': 422,
  'delivery/not-ready': 409,
  'job/not-found': 404,
  'job/not-running': 409,
  'server/unavailable': 503,
  'server/bug': 500,
} as const
export type ErrorCode = keyof typeof errorStatus

/** An expected failure. Thrown only by the one HTTP wrapper's helpers; domain code returns it in a Result. */
export class KasautiError extends Error {
  readonly code: ErrorCode
  readonly problems: readonly Problem[]
  readonly extra: Readonly<Record<string, unknown>>
  constructor(
    code: ErrorCode,
    detail?: string,
    more?: { problems?: readonly Problem[]; extra?: Record<string, unknown> },
  ) {
    super(detail ?? code)
    this.name = 'KasautiError'
    this.code = code
    this.problems = (more?.problems ?? []).map(codedProblem)
    this.extra = more?.extra ?? {}
  }
}
