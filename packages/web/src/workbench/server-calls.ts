/** What the bench asks of the server, with any client: the page's own, or one without a page. */
import { ApiError, type Client } from '@kasauti/contract/client'
import { type Answers, digestOf, sameJson } from './answers.ts'
import type { Desk, DraftEntry, Failure, Receipt, Sending, Work } from './session.ts'
import type { Source } from './source.ts'

const passing = new Set([408, 425, 429, 502, 503, 504])

/** What an error means for what was tried. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof ApiError) || error.status === 0 || passing.has(error.status))
    return { kind: 'network' }
  if (error.status === 401) return { kind: 'signed-out' }
  if (error.status >= 500) return { kind: 'broken', code: error.code }
  return { kind: 'refused', code: error.code, problems: error.problems }
}

/** A call that hangs (a network that swallows everything) is given up and tried again. */
const patienceMs = 60_000

const codeOf = (error: unknown): string => (error instanceof ApiError ? error.code : '')

/** Refusals that may only mean: it was done before, and nobody heard the answer. */
const maybeDone = new Set([
  'assignment/wrong-state',
  'assignment/expired',
  'request/idempotency-conflict',
])

export function serverCalls(client: Client) {
  const at = ({ projectId, assignmentId }: Pick<Work, 'projectId' | 'assignmentId'>) => ({
    params: { projectId, assignmentId },
    signal: AbortSignal.timeout(patienceMs),
  })
  const get = (of: Pick<Work, 'projectId' | 'assignmentId'>) => client.call('work.get', at(of))

  const submit = (sending: Sending, basedOn: number | undefined) =>
    client.call('work.submit', {
      ...at(sending.work),
      idempotencyKey: sending.key,
      body: {
        answers: sending.answers,
        ...(basedOn === undefined ? {} : { basedOn }),
        ...timeOf(sending),
      },
    })
  /** Refused because the draft moved on: once more, if that was by ourselves. */
  const submitOnOwn = async (sending: Sending) => {
    try {
      return await submit(sending, sending.basedOn)
    } catch (error) {
      if (codeOf(error) !== 'assignment/stale-draft') throw error
      const work = await get(sending.work)
      if (!isOurs(sending, work.draft ?? work.answers)) throw error
      return submit(sending, work.draftVersion)
    }
  }
  const act = async (sending: Sending) => {
    const { work, key } = sending
    switch (sending.act.kind) {
      case 'submit':
        return submitOnOwn(sending)
      case 'draft':
        await saveDraft({ ...sending, projectId: work.projectId, assignmentId: work.assignmentId })
        return undefined
      case 'skip': {
        const { reason, note } = sending.act
        const body = { reason, note, ...timeOf(sending) }
        await client.call('work.skip', { ...at(work), idempotencyKey: key, body })
        return {}
      }
      case 'review': {
        const { verdict, note, marks } = sending.act
        const fixed = verdict === 'fixed' ? { answers: sending.answers } : {}
        return client.call('work.review', {
          ...at(work),
          idempotencyKey: key,
          // Acts that a journal kept from before there were marks have none.
          body: { verdict, note, marks: [...(marks ?? [])], ...timeOf(sending), ...fixed },
        })
      }
    }
  }
  /** What was done before, and only its answer was lost. */
  const doneBefore = async (sending: Sending) => {
    const work = await get(sending.work)
    const same = sameJson(work.answers, sending.answers)
    return sending.act.kind === 'submit' && work.state === 'submitted' && same ? {} : undefined
  }
  const saveDraft = async (draft: {
    readonly projectId: string
    readonly assignmentId: string
    readonly answers: Answers
    readonly basedOn?: number | undefined
    readonly activeMs: number
  }) =>
    (
      await client.call('work.saveDraft', {
        ...at(draft),
        body: { answers: draft.answers, basedOn: draft.basedOn ?? 0, activeMs: draft.activeMs },
      })
    ).draftVersion

  return {
    get,
    claim: (source: Source, o: { count: number; holding: readonly string[]; ahead?: 'yes' }) => {
      const { ahead } = o
      const body = { count: o.count, holding: [...o.holding], ...(ahead ? { ahead } : {}) }
      const signal = AbortSignal.timeout(patienceMs)
      if (source.of === 'everything') return client.call('work.next', { body, signal })
      const { projectId, stage } = source
      return client.call('work.claim', { params: { projectId }, body: { ...body, stage }, signal })
    },
    saveDraft: ({ work, log, basedOn, activeMs }: Desk) =>
      saveDraft({ ...work, answers: log.answers, basedOn, activeMs }),
    saveEntry: (entry: DraftEntry) => saveDraft({ ...entry, activeMs: 0 }),
    /** @returns what the server said of it; nothing of a draft */
    async send(sending: Sending): Promise<Receipt | undefined> {
      let said: Partial<Receipt> & { readonly submittedAt?: string } = {}
      try {
        const answered = await act(sending)
        if (answered === undefined) return undefined
        said = answered
      } catch (error) {
        if (!maybeDone.has(codeOf(error))) throw error
        const done = await doneBefore(sending)
        if (done === undefined) throw error
      }
      return {
        key: sending.key,
        act: sending.act.kind,
        projectId: sending.work.projectId,
        assignmentId: sending.work.assignmentId,
        item: sending.work.key,
        at: said.submittedAt ?? new Date().toISOString(),
        annotationId: said.annotationId,
        revision: said.revision,
        hash: said.hash,
      }
    },
  }
}

/** The same each time: an idempotency key stands for one body. */
const timeOf = ({ activeMs, activity }: Sending) => ({
  activeMs,
  ...(activity ? { activity: [...activity] } : {}),
})

const isOurs = ({ answers, tried }: Sending, there: Answers): boolean =>
  sameJson(answers, there) || (tried?.includes(digestOf(there)) ?? false)
