import { afterAll, beforeAll, expect, test } from 'vitest'
import { furnish, type House, house, pairSchema } from '../fixtures/index.ts'

let h: House
beforeAll(async () => {
  h = await house()
})
afterAll(() => h.close())

const pair = (n: number) => ({
  chat: {
    messages: [{ id: 't1', role: 'user', parts: [{ type: 'text', text: `Question ${n}` }] }],
    candidates: ['alpha', 'beta'].map((id) => ({
      id,
      messages: [{ id: 't2', role: 'assistant', parts: [{ type: 'text', text: `says ${id}` }] }],
    })),
  },
})

async function judgedPairs() {
  const f = await furnish(h, {
    people: { ana: ['associate'], ravi: ['reviewer'], lea: ['lead'] },
    items: 8,
    schema: pairSchema,
    inputs: pair,
  })
  const left: string[] = []
  for (let n = 0; n < 8; n++) {
    const [work] = (await h.call(f.people.ana, 'POST', `${f.path}/claim`)).json.rows
    left.push(JSON.stringify(work.inputs.chat.candidates[0]))
    await h.call(f.people.ana, 'POST', `${f.path}/assignments/${work.assignmentId}/submit`, {
      answers: { better: { better: 'A' } },
      activeMs: 0,
    })
  }
  return { ...f, left }
}
const asked = (path: string, filter: object) =>
  `${path}/items?filter=${encodeURIComponent(JSON.stringify(filter))}`

test('a reviewer sees neither who annotated nor which candidate is which, wherever they look', async () => {
  const { path, people, left } = await judgedPairs()
  const { ravi, lea } = people
  const table = await h.call(ravi, 'GET', `${path}/items`)
  expect(JSON.stringify(table.json)).not.toMatch(/alpha|beta|ana/)
  expect(table.json.rows[0].answers).toEqual([{ field: 'better', summary: 'A better' }])
  const first: string[] = []
  for (const { itemId } of table.json.rows) {
    const { json } = await h.call(ravi, 'GET', `${path}/items/${itemId}`)
    expect(JSON.stringify({ ...json, inputs: {} })).not.toMatch(/alpha|beta|ana/)
    expect(json.annotations[0].revisions[0].answers).toEqual({ better: { better: 'A' } })
    first.push(JSON.stringify(json.inputs.chat.candidates[0]))
  }
  expect(first).toEqual(left)
  expect(new Set(first).size).toBe(2)
  const named = await h.call(lea, 'GET', `${path}/items`)
  expect(named.json.rows[0].authors).toEqual(['ana'])
  expect(named.json.rows[0].answers[0].summary).toMatch(/^(alpha|beta) better$/)
})

test('a reviewer cannot find it out by asking for it', async () => {
  const { path, people, left } = await judgedPairs()
  const members = await h.call(people.ravi, 'GET', `${path}/members`)
  const ana = members.json.rows.find((m: { name: string }) => m.name === 'ana').userId
  const candidate = { answers: [{ field: 'better', value: 'alpha' }] }
  for (const filter of [{ author: ana }, candidate, { answers: [{ field: 'gone', value: 'x' }] }]) {
    const answer = await h.call(people.ravi, 'GET', asked(path, filter))
    expect([answer.status, answer.json.code]).toEqual([400, 'item/filter-invalid'])
  }
  const tie = { answers: [{ field: 'better', value: 'both-good' }] }
  expect((await h.call(people.ravi, 'GET', asked(path, tie))).json.rows).toEqual([])
  const better = left.filter((shown) => shown.includes('alpha'))
  expect(better.length).toBeGreaterThan(0)
  const { json } = await h.call(people.lea, 'GET', asked(path, candidate))
  expect(json.rows).toHaveLength(better.length)
})

test('before anybody annotated, a reviewer sees candidates in an order that changes from item to item', async () => {
  const { path, people } = await furnish(h, {
    people: { ravi: ['reviewer'] },
    items: 8,
    schema: pairSchema,
    inputs: pair,
  })
  const { json } = await h.call(people.ravi, 'GET', `${path}/items`)
  const first = await Promise.all(
    json.rows.map(async ({ itemId }: { itemId: string }) => {
      const item = await h.call(people.ravi, 'GET', `${path}/items/${itemId}`)
      return JSON.stringify(item.json.inputs.chat.candidates[0])
    }),
  )
  expect(new Set(first).size).toBe(2)
})
