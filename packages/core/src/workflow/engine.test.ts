import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  afterAdjudication,
  afterAudit,
  afterSubmit,
  afterVerdict,
  auditOutcomeOf,
  type ItemStanding,
  outcomeOf,
  reapply,
  type Standing,
  settle,
} from './engine.ts'
import { errorAtWorst, isSampled, sampleShare, unknownPerson } from './sampling.ts'
import { simpleWorkflow, stageOf, type Workflow, wantedOf } from './workflow.ts'

const who = { roles: ['lead' as const], skills: [] }
const share = fc.double({ min: 0, max: 1, noNaN: true })
const sampling = fc.oneof(
  fc.constant({ kind: 'all' as const }),
  share.map((s) => ({ kind: 'share' as const, share: s })),
  fc
    .tuple(share, share, share)
    .map(([least, most, below]) => ({ kind: 'adaptive' as const, least, most, below })),
)
const overlaps = fc.integer({ min: 1, max: 4 })
/** Any workflow there can be, within small numbers. */
const workflows: fc.Arbitrary<Workflow> = fc
  .record({
    overlap: overlaps,
    share,
    more: fc.option(fc.record({ below: share, upTo: fc.integer({ min: 2, max: 6 }) })),
    review: fc.option(
      fc.record({
        overlap: fc.integer({ min: 1, max: 3 }),
        sampling,
        onReturn: fc.constantFrom('author' as const, 'another' as const),
        returnsAtMost: fc.integer({ min: 1, max: 3 }),
      }),
    ),
    adjudicate: fc.option(
      fc.oneof(
        fc.constant({ kind: 'always' as const }),
        share.map((below) => ({ kind: 'disagreement' as const, below })),
      ),
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
        share: o.share,
        ...(o.more ? { more: o.more } : {}),
        who,
      },
      ...(o.review ? [{ kind: 'review' as const, ...o.review, who }] : []),
      ...(o.adjudicate ? [{ kind: 'adjudicate' as const, when: o.adjudicate, who }] : []),
      ...(o.audit ? [{ kind: 'audit' as const, ...o.audit, who }] : []),
    ],
  }))

const newItem = (wanted: number, over: Partial<ItemStanding> = {}): ItemStanding => ({
  itemId: 'itm',
  seed: 7,
  ordinal: 1,
  wanted,
  leased: 0,
  decided: false,
  audited: false,
  annotations: [],
  agreement: undefined,
  ...over,
})
const made = (id: string, over: Partial<Standing> = {}): Standing => ({
  id,
  state: 'submitted',
  due: false,
  accepts: 0,
  returns: 0,
  person: unknownPerson,
  ...over,
})

type Walk = { readonly item: ItemStanding; readonly pending: string; readonly steps: number }

/** One item through a workflow, with whatever people do; every rule is checked on the way. */
function walk(workflow: Workflow, chance: () => number): Walk {
  const annotate = stageOf(workflow, 'annotate')
  if (!annotate) throw new Error('a workflow begins with annotating')
  let item = newItem(wantedOf(annotate, { seed: 7, ordinal: 1 }))
  let pending = 'nothing'
  let people = 0
  let audits = 0
  const upTo = Math.max(annotate.overlap, annotate.more?.upTo ?? 0)
  const take = (d: { wanted: number; pending: string; annotations: readonly Standing[] }) => {
    item = { ...item, wanted: d.wanted, annotations: d.annotations }
    pending = d.pending
  }
  for (let steps = 0; ; steps++) {
    expect(steps).toBeLessThan(500)
    expect(item.wanted).toBeLessThanOrEqual(upTo)
    expect(item.annotations.length).toBeLessThanOrEqual(item.wanted)
    if (!stageOf(workflow, 'review')) expect(item.annotations.some((a) => a.due)).toBe(false)
    if (pending !== 'nothing') expect(item.annotations.some((a) => a.due)).toBe(false)
    const agreement = item.annotations.length + 1 < 2 ? undefined : chance()
    item = { ...item, agreement }
    const returned = item.annotations.find((a) => a.state === 'returned')
    const due = item.annotations.find((a) => a.due)
    // People tire of returning: what goes on for ever is not the workflow's doing.
    const verdict = chance() < 0.5 && steps < 60 ? 'returned' : 'accepted'
    if (returned && !item.decided)
      take(
        afterSubmit(
          workflow,
          {
            ...item,
            annotations: item.annotations.map((a) =>
              a === returned ? { ...a, state: 'submitted' } : a,
            ),
          },
          returned.id,
        ),
      )
    else if (item.annotations.length < item.wanted && !item.decided) {
      people += 1
      const id = `p${people}`
      take(afterSubmit(workflow, { ...item, annotations: [...item.annotations, made(id)] }, id))
    } else if (due) {
      const outcome = outcomeOf(workflow, item, { annotation: due, verdict })
      if (outcome.to === 'adjudicator' && !item.decided) {
        expect(stageOf(workflow, 'adjudicate')).toBeDefined()
        expect(due.returns + 1).toBeGreaterThanOrEqual(
          stageOf(workflow, 'review')?.returnsAtMost ?? 0,
        )
      }
      take(afterVerdict(workflow, item, { id: due.id, outcome }))
    } else if (pending === 'adjudicate') {
      expect(stageOf(workflow, 'adjudicate')).toBeDefined()
      take(afterAdjudication(workflow, item))
      item = { ...item, decided: true }
    } else if (pending === 'audit') {
      expect(stageOf(workflow, 'audit')).toBeDefined()
      audits += 1
      const outcome = auditOutcomeOf(workflow, item, audits < 3 ? verdict : 'accepted')
      const after = afterAudit(item, outcome)
      take(after)
      item = { ...item, decided: after.decided, audited: outcome === 'passed' }
    } else return { item, pending, steps }
  }
}

/** The same numbers again from a seed. */
function chanceOf(seed: number): () => number {
  let s = seed >>> 0
  return () => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0
    return s / 2 ** 32
  }
}

describe('an item on its way', () => {
  test('always ends in done, with all it wants, whatever people say', () => {
    fc.assert(
      fc.property(workflows, fc.integer(), (workflow, seed) => {
        const { item, pending } = walk(workflow, chanceOf(seed))
        expect(pending).toBe('nothing')
        if (!item.decided) {
          expect(item.annotations.length).toBe(item.wanted)
          expect(item.annotations.every((a) => a.state !== 'returned')).toBe(true)
        }
      }),
      { numRuns: 400 },
    )
  })

  test('is complete only with everybody’s annotation, and then waits for the verdicts', () => {
    const workflow = simpleWorkflow({ overlap: 2, review: 'all' })
    const one = afterSubmit(workflow, newItem(2, { annotations: [made('a')] }), 'a')
    expect(one.annotations[0]?.due).toBe(true)
    expect(one.pending).toBe('nothing')
    const both = settle(
      workflow,
      newItem(2, { annotations: [made('a', { state: 'accepted' }), made('b', { due: true })] }),
    )
    expect(both).toMatchObject({ pending: 'nothing', wanted: 2 })
  })

  test('gets one person more while its people agree too little, and never more than allowed', () => {
    const workflow: Workflow = {
      stages: [{ kind: 'annotate', overlap: 2, share: 1, more: { below: 0.7, upTo: 3 }, who }],
    }
    const two = newItem(2, { annotations: [made('a'), made('b')], agreement: 0.5 })
    expect(settle(workflow, two).wanted).toBe(3)
    expect(settle(workflow, { ...two, agreement: 0.7 }).wanted).toBe(2)
    const three = newItem(3, { annotations: [made('a'), made('b'), made('c')], agreement: 0.1 })
    expect(settle(workflow, three)).toMatchObject({ wanted: 3, pending: 'nothing' })
  })

  test('goes to an adjudicator on disagreement, then to an audit, then is done', () => {
    const workflow: Workflow = {
      stages: [
        { kind: 'annotate', overlap: 2, share: 1, who },
        { kind: 'adjudicate', when: { kind: 'disagreement', below: 0.8 }, who },
        { kind: 'audit', sampling: { kind: 'all' }, onFail: 'adjudicate', who },
      ],
    }
    const item = newItem(2, { annotations: [made('a'), made('b')], agreement: 0.5 })
    expect(settle(workflow, item).pending).toBe('adjudicate')
    expect(settle(workflow, { ...item, agreement: 0.9 }).pending).toBe('audit')
    expect(afterAdjudication(workflow, item).pending).toBe('audit')
    expect(auditOutcomeOf(workflow, { decided: true }, 'returned')).toBe('to-adjudication')
    expect(afterAudit(item, 'passed').annotations.map((a) => a.state)).toEqual([
      'accepted',
      'accepted',
    ])
    expect(settle(workflow, { ...item, decided: true, audited: true }).pending).toBe('nothing')
  })

  test('returned as often as is borne goes on to adjudication; without one it stays with its author', () => {
    const returnsAtMost = 2
    const review = {
      kind: 'review' as const,
      overlap: 1,
      sampling: { kind: 'all' as const },
      onReturn: 'author' as const,
      returnsAtMost,
      who,
    }
    const annotate = { kind: 'annotate' as const, overlap: 1, share: 1, who }
    const alone: Workflow = { stages: [annotate, review] }
    const decided: Workflow = {
      stages: [
        annotate,
        review,
        { kind: 'adjudicate', when: { kind: 'disagreement', below: 0.5 }, who },
      ],
    }
    const annotation = made('a', { due: true, returns: 1 })
    const item = newItem(1, { annotations: [annotation] })
    expect(outcomeOf(alone, item, { annotation, verdict: 'returned' })).toEqual({
      to: 'author',
      often: true,
    })
    const outcome = outcomeOf(decided, item, { annotation, verdict: 'returned' })
    expect(outcome).toEqual({ to: 'adjudicator' })
    expect(afterVerdict(decided, item, { id: 'a', outcome })).toMatchObject({
      pending: 'adjudicate',
      annotations: [{ state: 'submitted', due: false, returns: 2 }],
    })
  })

  test('two reviewers must accept where the workflow says so; a fix and a return decide alone', () => {
    const workflow = simpleWorkflow({ overlap: 1, review: 'all' })
    const strict: Workflow = {
      stages: workflow.stages.map((s) => (s.kind === 'review' ? { ...s, overlap: 2 } : s)),
    }
    const item = newItem(1)
    const first = { accepts: 0, returns: 0 }
    expect(outcomeOf(strict, item, { annotation: first, verdict: 'accepted' }).to).toBe(
      'next-reviewer',
    )
    expect(
      outcomeOf(strict, item, { annotation: { ...first, accepts: 1 }, verdict: 'accepted' }).to,
    ).toBe('accepted')
    expect(outcomeOf(strict, item, { annotation: first, verdict: 'fixed' }).to).toBe('accepted')
    expect(outcomeOf(strict, item, { annotation: first, verdict: 'returned' }).to).toBe('author')
  })
})

describe('a change of the workflow', () => {
  test('brings an item to where settling it again changes nothing, and keeps every verdict', () => {
    fc.assert(
      fc.property(workflows, workflows, fc.integer(), (before, after, seed) => {
        const { item } = walk(before, chanceOf(seed))
        const once = reapply(after, { ...item, inHands: new Set() })
        const twice = reapply(after, {
          ...item,
          wanted: once.wanted,
          annotations: once.annotations,
          inHands: new Set(),
        })
        expect(twice).toEqual(once)
        expect(once.annotations.length).toBe(item.annotations.length)
        for (const [n, a] of item.annotations.entries())
          if (a.state === 'accepted') expect(once.annotations[n]?.state).toBe('accepted')
        if (!stageOf(after, 'review')) expect(once.annotations.some((a) => a.due)).toBe(false)
        if (once.pending !== 'nothing')
          expect(stageOf(after, once.pending as 'audit')).toBeDefined()
      }),
      { numRuns: 400 },
    )
  })

  test('lets people finish what they hold, and says of how many places that is', () => {
    const to = simpleWorkflow({ overlap: 1, review: 'none' })
    const held = newItem(3, { leased: 2, annotations: [made('a')] })
    expect(reapply(to, { ...held, inHands: new Set() })).toMatchObject({ wanted: 3, heldStay: 2 })
    expect(reapply(to, { ...held, leased: 0, inHands: new Set() })).toMatchObject({
      wanted: 1,
      heldStay: 0,
    })
  })
})

describe('sampling', () => {
  test('a newcomer’s error rate at worst is everything; it falls as good work is seen, and rises with errors', () => {
    expect(errorAtWorst(unknownPerson)).toBe(1)
    // Upper 95 % bound of Beta(1, 1 + n) is 1 - 0.05^(1 / (n + 1)).
    expect(errorAtWorst({ reviewed: 99, returned: 0 })).toBeCloseTo((1 - 0.05 ** 0.01) / 0.95, 6)
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), (right, wrong) => {
        const now = errorAtWorst({ reviewed: right + wrong, returned: wrong })
        expect(errorAtWorst({ reviewed: right + wrong + 1, returned: wrong })).toBeLessThanOrEqual(
          now,
        )
        expect(
          errorAtWorst({ reviewed: right + wrong + 1, returned: wrong + 1 }),
        ).toBeGreaterThanOrEqual(now)
      }),
    )
  })

  test('adaptive keeps between its bounds, newcomers at most, and looks at all where people disagree', () => {
    const adaptive = { kind: 'adaptive' as const, least: 0.1, most: 0.6, below: 0.5 }
    expect(sampleShare(adaptive, { person: unknownPerson })).toBe(0.6)
    expect(sampleShare(adaptive, { person: { reviewed: 1000, returned: 0 } })).toBe(0.1)
    expect(sampleShare(adaptive, { person: { reviewed: 1000, returned: 0 }, agreement: 0.4 })).toBe(
      1,
    )
    expect(sampleShare(adaptive, { person: { reviewed: 100, returned: 20 } })).toBeGreaterThan(0.2)
  })

  test('the same seed draws the same sample, of the size asked for, and a larger share holds the smaller', () => {
    const ids = Array.from({ length: 20_000 }, (_, n) => `0190a-${n}`)
    const drawn = (s: number) => ids.filter((id) => isSampled(s, { seed: 42, stage: 'review', id }))
    expect(drawn(0.2)).toEqual(drawn(0.2))
    // Binomial(20000, 0.2): standard deviation 57.
    expect(Math.abs(drawn(0.2).length - 4000)).toBeLessThan(300)
    const larger = new Set(drawn(0.5))
    expect(drawn(0.2).every((id) => larger.has(id))).toBe(true)
    expect(drawn(0)).toEqual([])
    expect(drawn(1)).toEqual(ids)
    const audited = ids.filter((id) => isSampled(0.2, { seed: 42, stage: 'audit', id }))
    expect(
      audited.filter((id) => isSampled(0.2, { seed: 42, stage: 'review', id })).length,
    ).toBeLessThan(1200)
  })
})
