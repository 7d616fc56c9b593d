/** The session's ports onto this server. */
import { ApiError, client, newIdempotencyKey, sessionEnded } from '../platform/api/index.ts'
import { afterPaint } from './after-paint.ts'
import { openJournal, readWaiting } from './journal.ts'
import { sendWaiting } from './leaving.ts'
import type { Ports } from './runner.ts'
import { answersItself, type Failure, type Sending } from './session.ts'
import type { Source } from './source.ts'

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
  const { act, work, answers, key } = sending
  // The same each time: an idempotency key stands for one body.
  const time = {
    activeMs: sending.activeMs,
    ...(sending.activity ? { activity: [...sending.activity] } : {}),
  }
  const at = {
    params: { projectId: work.projectId, assignmentId: work.assignmentId },
    idempotencyKey: key,
  }
  switch (act.kind) {
    case 'submit':
      return client.call('work.submit', { ...at, body: { answers, ...time } })
    case 'skip':
      return client.call('work.skip', {
        ...at,
        body: { reason: act.reason, note: act.note, ...time },
      })
    case 'review': {
      const fixed = act.verdict === 'fixed' ? { answers } : {}
      return client.call('work.review', {
        ...at,
        // Acts that a journal kept from before there were marks have none.
        body: {
          verdict: act.verdict,
          note: act.note,
          marks: [...(act.marks ?? [])],
          ...time,
          ...fixed,
        },
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
      !answersItself(stage)
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

function claimFrom(source: Source, count: number, holding: readonly string[]) {
  const body = { count: Math.min(5, count), holding: [...holding] }
  if (source.of === 'everything') return client.call('work.next', { body })
  const { projectId, stage } = source
  return client.call('work.claim', { params: { projectId }, body: { ...body, stage } })
}

export function serverPorts(userId: string, source: Source): Ports {
  return {
    claim: async (count, holding) => {
      if (holding.length > 0) await afterPaint()
      return claimFrom(source, count, holding)
    },
    saveDraft: async ({ work, log, basedOn, activeMs }) =>
      (
        await client.call('work.saveDraft', {
          params: { projectId: work.projectId, assignmentId: work.assignmentId },
          body: { answers: log.answers, basedOn, activeMs },
        })
      ).draftVersion,
    send: async (sending) => {
      // The journal has it already; the next item comes first.
      await afterPaint()
      await send(sending)
    },
    get: ({ projectId, assignmentId }) =>
      client.call('work.get', { params: { projectId, assignmentId } }),
    journal: openJournal(userId),
    failureOf,
    later: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
  }
}
