import type { Workflow } from '@kasauti/core'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { furnish, type House, house, recount } from '../fixtures/index.ts'
import { sweepLeases } from './sweep.ts'

let h: House
beforeAll(async () => {
  h = await house()
})
afterAll(() => h.close())

const names = ['ana', 'bo', 'lea', 'rev'] as const
const acts = [
  'claim',
  'claim-review',
  'claim-adjudicate',
  'claim-audit',
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
  'go-on',
] as const
const who = { roles: ['associate' as const, 'reviewer' as const, 'lead' as const], skills: [] }
const sampling = fc.constantFrom(
  { kind: 'all' as const },
  { kind: 'share' as const, share: 0.5 },
  { kind: 'adaptive' as const, least: 0, most: 1, below: 0.5 },
)
/** Workflows of every make. */
const workflows: fc.Arbitrary<Workflow> = fc
  .record({
    overlap: fc.integer({ min: 1, max: 2 }),
    more: fc.boolean(),
    review: fc.option(
      fc.record({
        overlap: fc.integer({ min: 1, max: 2 }),
        sampling,
        onReturn: fc.constantFrom('author' as const, 'another' as const),
        returnsAtMost: fc.integer({ min: 1, max: 2 }),
      }),
      { freq: 6 },
    ),
    adjudicate: fc.option(
      fc.constantFrom({ kind: 'always' as const }, { kind: 'disagreement' as const, below: 0.9 }),
    ),
    audit: fc.option(
      fc.record({ sampling, onFail: fc.constantFrom('author' as const, 'adjudicate' as const) }),
    ),
  })
  .map((o) => ({
    stages: [
      {
        kind: 'annotate' as const,
        overlap: o.overlap,
        share: 1,
        ...(o.more ? { more: { below: 0.9, upTo: 3 } } : {}),
        who,
      },
      ...(o.review ? [{ kind: 'review' as const, ...o.review, who }] : []),
      ...(o.adjudicate ? [{ kind: 'adjudicate' as const, when: o.adjudicate, who }] : []),
      ...(o.audit ? [{ kind: 'audit' as const, ...o.audit, who }] : []),
    ],
  }))
const overlapOf = (workflow: Workflow): number => {
  const [annotate] = workflow.stages
  return annotate?.kind === 'annotate' ? annotate.overlap : 1
}
function endingOf(stage: string, o: { n: number; answers: unknown }) {
  if (stage === 'annotate' || stage === 'adjudicate')
    return { end: 'submit', body: { answers: o.answers, activeMs: 0 } }
  const verdict =
    o.n % 3 === 0 ? 'returned' : stage === 'review' && o.n % 4 === 1 ? 'fixed' : 'accepted'
  return { end: 'review', body: { verdict, note: 'So it is', answers: o.answers, activeMs: 0 } }
}

const step = fc.record({
  who: fc.constantFrom(...names),
  act: fc.oneof(fc.constantFrom(...acts), fc.constant('go-on' as const)),
  n: fc.nat(20),
})

test('whatever people do in whatever order, maintained numbers equal counted ones', async () => {
  let done = 0
  const kinds = new Set<string>()
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 25, maxLength: 80 }),
      workflows,
      async (steps, workflow) => {
        const { path, people, projectId, owner } = await furnish(h, {
          people: {
            ana: ['associate'],
            bo: ['associate', 'reviewer'],
            lea: ['lead'],
            rev: ['reviewer'],
          },
          items: 2,
          wanted: overlapOf(workflow),
          workflow,
        })
        const seen: { who: (typeof names)[number]; id: string; itemId: string }[] = []
        for (const { who, act, n } of steps) {
          const mine = seen.filter((s) => s.who === who)
          // Mostly what was taken last: so that work gets somewhere.
          const one = mine.at(n % 4 === 0 ? n % Math.max(1, mine.length) : -1)
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
            'claim-adjudicate': () => claim('adjudicate'),
            'claim-audit': () => claim('audit'),
            submit: () => post('submit', { answers, activeMs: n * 100 }),
            skip: () => post('skip', { reason: 'unclear', activeMs: 0 }),
            release: () => post('release', {}),
            reopen: () => post('reopen', {}),
            accept: () => post('review', { verdict: 'accepted', activeMs: 0 }),
            fix: () => post('review', { verdict: 'fixed', answers, activeMs: 0 }),
            return: () => post('review', { verdict: 'returned', note: 'Look again', activeMs: 0 }),
            draft: () => post('draft', { answers, activeMs: 0, basedOn: 0 }),
            // Whatever is next, finished: so that items get to the end of their way.
            'go-on': async () => {
              const { json } = await h.call(people[who], 'POST', '/claim', { count: 1 })
              const [row] = json.rows
              if (!row) return 200
              seen.push({ who, id: row.assignmentId, itemId: row.itemId })
              const { end, body } = endingOf(row.stage, { n, answers })
              const finished = `${path}/assignments/${row.assignmentId}/${end}`
              return (await h.call(people[who], 'POST', finished, body)).status
            },
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
          expect(await recount(h.app, projectId), `${who} ${act} ${status}`).toEqual([])
        }
        const { rows } = await sql<{ kind: string }>`
          select distinct e.kind from item_events e where e.project_id = ${projectId}`.execute(
          h.app.db,
        )
        for (const { kind } of rows) kinds.add(kind)
      },
    ),
    { numRuns: 16, endOnFailure: true },
  )
  expect(done).toBeGreaterThan(100)
  // Chance decides which of the later stages a walk reaches; each has tests of its own.
  const later = ['more-people', 'adjudicated', 'audit-passed', 'audit-failed', 'fixed']
  expect(later.filter((kind) => kinds.has(kind)).length).toBeGreaterThanOrEqual(3)
})
