import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { furnish, type House, house, recount } from '../fixtures/index.ts'
import { sweepLeases } from './sweep.ts'

let h: House
beforeAll(async () => {
  h = await house()
})
afterAll(() => h.close())

const names = ['ana', 'bo', 'lea'] as const
const acts = [
  'claim',
  'claim-review',
  'submit',
  'skip',
  'release',
  'reopen',
  'accept',
  'fix',
  'return',
  'expire',
  'remove',
  'restore',
  'draft',
  'beat',
] as const
const step = fc.record({
  who: fc.constantFrom(...names),
  act: fc.constantFrom(...acts),
  n: fc.nat(20),
})

test('whatever people do in whatever order, maintained numbers equal counted ones', async () => {
  let done = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 25, maxLength: 60 }),
      fc.integer({ min: 1, max: 2 }),
      async (steps, wanted) => {
        const { path, people, projectId, owner } = await furnish(h, {
          people: { ana: ['associate'], bo: ['associate', 'reviewer'], lea: ['lead'] },
          items: 3,
          wanted,
        })
        const seen: { who: (typeof names)[number]; id: string; itemId: string }[] = []
        for (const { who, act, n } of steps) {
          const mine = seen.filter((s) => s.who === who)
          const one = mine[n % Math.max(1, mine.length)]
          const at = `${path}/assignments/${one?.id}`
          const claim = async (stage: string) => {
            const { json } = await h.call(people[who], 'POST', `${path}/claim`, {
              stage,
              count: 1 + (n % 2),
            })
            for (const row of json.rows ?? [])
              seen.push({ who, id: row.assignmentId, itemId: row.itemId })
            return 200
          }
          const post = async (end: string, body: unknown) => {
            if (!one) return 409
            const { status } = await h.call(
              people[who],
              end === 'draft' ? 'PUT' : 'POST',
              `${at}/${end}`,
              body,
            )
            return status
          }
          const answers = { topic: n % 2 ? 'sports' : 'health', ...(n % 3 ? { why: 'so' } : {}) }
          const run: Record<(typeof acts)[number], () => Promise<number>> = {
            claim: () => claim('annotate'),
            'claim-review': () => claim('review'),
            submit: () => post('submit', { answers, activeMs: n * 100 }),
            skip: () => post('skip', { reason: 'unclear', activeMs: 0 }),
            release: () => post('release', {}),
            reopen: () => post('reopen', {}),
            accept: () => post('review', { verdict: 'accepted', activeMs: 0 }),
            fix: () => post('review', { verdict: 'fixed', answers, activeMs: 0 }),
            return: () => post('review', { verdict: 'returned', note: 'Look again', activeMs: 0 }),
            draft: () => post('draft', { answers, activeMs: 0, basedOn: 0 }),
            beat: () => post('heartbeat', { activeMs: 0 }),
            expire: async () => {
              h.clock.advance(n > 10 ? 1_801_000 : 60_000)
              await sweepLeases(h.app, projectId)
              return 200
            },
            remove: async () =>
              one ? (await h.call(owner, 'DELETE', `${path}/items/${one.itemId}`)).status : 409,
            restore: async () =>
              one
                ? (await h.call(owner, 'POST', `${path}/items/${one.itemId}/restore`)).status
                : 409,
          }
          const status = await run[act]()
          expect([200, 403, 409, 422], act).toContain(status)
          if (status === 200) done += 1
          expect(await recount(h.app, projectId), act).toEqual([])
        }
      },
    ),
    { numRuns: 25, endOnFailure: true },
  )
  expect(done).toBeGreaterThan(100)
})
