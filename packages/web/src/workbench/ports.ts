/** The session's ports onto this server. */
import { ApiError, client, newIdempotencyKey, sessionEnded } from '../platform/api/index.ts'
import { afterPaint } from './after-paint.ts'
import { openJournal, readWaiting } from './journal.ts'
import { sendWaiting } from './leaving.ts'
import type { Ports } from './runner.ts'
import type { Failure, Sending, Stage, Work } from './session.ts'

/** Keys sort in the order they were made, so that a restored outbox is sent in order. */
export const newSendingKey = (): string => `${Date.now().toString(36)}-${newIdempotencyKey()}`

const passing = new Set([408, 425, 429, 500, 502, 503, 504])

function failureOf(error: unknown): Failure {
  if (!(error instanceof ApiError) || error.status === 0 || passing.has(error.status))
    return { kind: 'network' }
  if (error.status === 401) {
    sessionEnded()
    return { kind: 'signed-out' }
  }
  return { kind: 'refused', code: error.code, problems: error.problems }
}

function send(sending: Sending): Promise<unknown> {
  const { act, work, answers, activeMs, key } = sending
  const at = {
    params: { projectId: work.projectId, assignmentId: work.assignmentId },
    idempotencyKey: key,
  }
  switch (act.kind) {
    case 'submit':
      return client.call('work.submit', { ...at, body: { answers, activeMs } })
    case 'skip':
      return client.call('work.skip', {
        ...at,
        body: { reason: act.reason, note: act.note, activeMs },
      })
    case 'review': {
      const fixed = act.verdict === 'fixed' ? { answers } : {}
      return client.call('work.review', {
        ...at,
        body: { verdict: act.verdict, note: act.note, activeMs, ...fixed },
      })
    }
  }
}

/** Waiting for the server when leaving, in milliseconds. */
const patienceMs = 8000

/** Send what this person's journal holds; how many items could not be sent. */
export function sendEverything(userId: string): Promise<number> {
  return sendWaiting({
    read: () => readWaiting(userId),
    send,
    saveDraft: ({ projectId, assignmentId, answers, basedOn, stage }) =>
      stage === 'review'
        ? Promise.reject(new ApiError(422, { code: 'assignment/wrong-state' }))
        : client.call('work.saveDraft', {
            params: { projectId, assignmentId },
            body: { answers, basedOn, activeMs: 0 },
          }),
    failureOf,
    patience: () =>
      new Promise((_, reject) => {
        setTimeout(() => reject(new Error('the server takes too long')), patienceMs)
      }),
  })
}

export function serverPorts(at: {
  readonly userId: string
  readonly projectId: string
  readonly stage: Stage
}): Ports {
  const { projectId, stage } = at
  const get = (assignmentId: string): Promise<Work> =>
    client.call('work.get', { params: { projectId, assignmentId } })
  return {
    claim: async (count, holding) => {
      if (holding.length > 0) await afterPaint()
      return (
        await client.call('work.claim', {
          params: { projectId },
          body: { stage, count: Math.min(5, count), holding: [...holding] },
        })
      ).rows
    },
    saveDraft: async ({ work, log, basedOn, activeMs }) =>
      (
        await client.call('work.saveDraft', {
          params: { projectId, assignmentId: work.assignmentId },
          body: { answers: log.answers, basedOn, activeMs },
        })
      ).draftVersion,
    send: async (sending) => {
      // The journal has it already; the next item comes first.
      await afterPaint()
      await send(sending)
    },
    get,
    journal: openJournal(`${at.userId} ${projectId} ${stage}`),
    failureOf,
    later: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
  }
}
