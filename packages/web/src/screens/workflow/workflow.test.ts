import { simpleWorkflow, Workflow as WorkflowShape } from '@kasauti/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  faultsOf,
  missingBetween,
  sameWorkflow,
  stageOrder,
  type Workflow,
  withNewStage,
  withoutStage,
  withStage,
} from './draft.ts'
import { box, labelOf, pathOf, pictureOf } from './picture.ts'
import { differences, type Say } from './words.ts'

const simple = (): Workflow => simpleWorkflow({ overlap: 1, review: 'none' })
const say: Say = {
  t: (key, values) => `${key} ${JSON.stringify(values ?? {})}`,
  format: { percent: (x) => `${Math.round(x * 100)} %`, list: (parts) => parts.join(', ') },
  skill: (id) => id,
}
const anyEdit = fc.record({
  put: fc.constantFrom('in', 'out'),
  kind: fc.constantFrom(...stageOrder),
})
const edited = (edits: readonly { put: string; kind: (typeof stageOrder)[number] }[]): Workflow =>
  edits.reduce(
    (w, e) => (e.put === 'in' ? withNewStage(w, e.kind) : withoutStage(w, e.kind)),
    simple(),
  )

test('whatever is put in and taken out, it stays a workflow with nothing wrong', () => {
  fc.assert(
    fc.property(fc.array(anyEdit, { maxLength: 12 }), (edits) => {
      const workflow = edited(edits)
      expect(WorkflowShape.safeParse(workflow).success).toBe(true)
      expect(faultsOf(workflow).filter((f) => f.weight === 'wrong')).toEqual([])
    }),
  )
})

test('between any two stages exactly the missing ones are offered', () => {
  fc.assert(
    fc.property(fc.array(anyEdit, { maxLength: 12 }), (edits) => {
      const workflow = edited(edits)
      const nodes = [...workflow.stages.map((s) => s.kind), 'done' as const]
      const offered = workflow.stages.flatMap((s, i) =>
        missingBetween(workflow, s.kind, nodes[i + 1] ?? 'done'),
      )
      expect([...offered, ...workflow.stages.map((s) => s.kind)].sort()).toEqual(
        [...stageOrder].sort(),
      )
    }),
  )
})

test('taking adjudication out leaves no audit that sends there', () => {
  let w = withNewStage(withNewStage(simple(), 'adjudicate'), 'audit')
  const audit = w.stages.find((s) => s.kind === 'audit')
  if (audit?.kind !== 'audit') throw new Error('no audit')
  w = withStage(w, { ...audit, onFail: 'adjudicate' })
  expect(withoutStage(w, 'adjudicate').stages.at(-1)).toMatchObject({ onFail: 'author' })
  expect(faultsOf({ stages: w.stages.filter((s) => s.kind !== 'adjudicate') })).toMatchObject([
    { stage: 'audit', why: 'no-adjudication', weight: 'wrong' },
  ])
})

test('faults are found where they are', () => {
  const [annotate] = simple().stages
  if (annotate?.kind !== 'annotate') throw new Error('no annotate')
  const w: Workflow = {
    stages: [
      { ...annotate, overlap: 3, more: { below: 0.5, upTo: 3 }, who: { roles: [], skills: [] } },
    ],
  }
  expect(faultsOf(w).map((f) => [f.at, f.why])).toEqual([
    ['who', 'nobody'],
    ['more', 'more-below-overlap'],
  ])
  expect(faultsOf(withNewStage(simple(), 'adjudicate'))).toMatchObject([
    { why: 'nothing-to-compare', weight: 'odd' },
  ])
})

test('every way of the picture starts and ends at a box, and its text stays within the picture', () => {
  fc.assert(
    fc.property(fc.array(anyEdit, { maxLength: 12 }), (edits) => {
      const picture = pictureOf(edited(edits))
      const within = (x: number) =>
        picture.boxes.some((b) => x > b.xPx + 4 && x < b.xPx + box.widthPx - 4)
      for (const way of picture.ways) {
        const path = pathOf(picture, way)
        const xs = [...path.matchAll(/[MQ](\d+) /g)].map((m) => Number(m[1]))
        expect(within(xs[0] ?? -1)).toBe(true)
        expect(within(xs.at(-1) ?? -1)).toBe(true)
        expect(path).not.toContain('NaN')
        const label = labelOf(picture, way)
        expect(label.xPx).toBeGreaterThan(0)
        expect(label.xPx).toBeLessThan(picture.widthPx)
        expect(label.yPx).toBeLessThan(picture.heightPx)
      }
    }),
  )
})

test('a difference names the stage with what was and what is; the same differs in nothing', () => {
  const before = withNewStage(simple(), 'review')
  const [annotate] = before.stages
  if (annotate?.kind !== 'annotate') throw new Error('no annotate')
  const after = withoutStage(
    withNewStage(withStage(before, { ...annotate, overlap: 3 }), 'audit'),
    'review',
  )
  expect(differences(say, before, after)).toEqual([
    {
      stage: 'annotate',
      kind: 'changed',
      before: 'workflow.line.overlap {"count":1}',
      after: 'workflow.line.overlap {"count":3}',
    },
    { stage: 'review', kind: 'removed' },
    { stage: 'audit', kind: 'added' },
  ])
  expect(differences(say, before, before)).toEqual([])
  expect(sameWorkflow(before, JSON.parse(JSON.stringify(before)))).toBe(true)
  expect(sameWorkflow(before, after)).toBe(false)
})
