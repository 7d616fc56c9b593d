/** The session's ports onto this server. */
import { client, newIdempotencyKey, sessionEnded } from '../platform/api/index.ts'
import { afterPaint } from './after-paint.ts'
import { openJournal, readWaiting } from './journal.ts'
import { sendWaiting } from './leaving.ts'
import type { Ports } from './runner.ts'
import { failureOf as plainFailureOf, serverCalls } from './server-calls.ts'
import type { Failure } from './session.ts'
import type { Source } from './source.ts'

let lastKeyMs = 0
/**
 * Keys sort in the order they were made, so that a restored outbox is sent in order; within a page also
 * when the clock is set back.
 */
export const newSendingKey = (): string => {
  lastKeyMs = Math.max(Date.now(), lastKeyMs + 1)
  return `${lastKeyMs.toString(36)}-${newIdempotencyKey()}`
}

const calls = serverCalls(client)

function failureOf(error: unknown): Failure {
  const failure = plainFailureOf(error)
  if (failure.kind === 'signed-out') sessionEnded()
  return failure
}

/** Waiting for the server when leaving, in milliseconds. */
const patienceMs = 8000

/** Send what this person's journal holds; how many items could not be sent. */
export function sendEverything(userId: string): Promise<number> {
  return sendWaiting({
    read: () => readWaiting(userId),
    send: calls.send,
    saveDraft: calls.saveEntry,
    failureOf,
    patience: () =>
      new Promise((_, reject) => {
        setTimeout(() => reject(new Error('the server takes too long')), patienceMs)
      }),
  })
}

const isFrom = (source: Source, work: { projectId: string; stage: string }): boolean =>
  source.of === 'everything' || (work.projectId === source.projectId && work.stage === source.stage)

export function serverPorts(userId: string, source: Source): Ports {
  const journal = openJournal(userId)
  return {
    claim: async (count, holding, ahead) => {
      if (holding.length > 0) await afterPaint()
      return calls.claim(source, { count, holding, ...(ahead ? { ahead } : {}) })
    },
    saveDraft: calls.saveDraft,
    send: async (sending) => {
      // The journal has it already; the next item comes first.
      await afterPaint()
      return calls.send(sending)
    },
    get: calls.get,
    journal: {
      ...journal,
      read: async () => {
        const kept = await journal.read()
        return {
          ...kept,
          drafts: kept.drafts.filter((draft) => isFrom(source, draft)),
          works: kept.works?.filter(({ work }) => isFrom(source, work)),
        }
      },
    },
    failureOf,
    later: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
  }
}
