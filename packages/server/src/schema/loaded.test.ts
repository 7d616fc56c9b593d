import { afterAll, beforeAll, expect, test } from 'vitest'
import { furnish, type House, house } from '../fixtures/index.ts'

let h: House
beforeAll(async () => {
  h = await house()
})
afterAll(() => h.close())

test('a taxonomy that comes after the schema that names it is found', async () => {
  const config = { taxonomy: 'topics', version: 1, mode: 'single', leavesOnly: false }
  const { path, people } = await furnish(h, {
    people: { ana: ['associate'], lea: ['lead'] },
    items: 1,
    schema: {
      version: 1,
      inputs: [{ id: 'text', kind: 'text', config: {} }],
      fields: [{ id: 'topic', kind: 'taxonomy', title: { en: 'Topic' }, config }],
    },
  })
  expect((await h.call(people.lea, 'GET', `${path}/schema`)).status).toBe(200)
  const [work] = (await h.call(people.ana, 'POST', `${path}/claim`)).json.rows
  const nodes = [{ id: 'sports', title: { en: 'Sports', hi: 'खेल' } }]
  const made = await h.call(people.lea, 'PUT', `${path}/taxonomies/topics`, {
    title: { en: 'Topics' },
    nodes,
  })
  expect(made.status).toBe(200)
  const answer = await h.call(
    people.ana,
    'POST',
    `${path}/assignments/${work.assignmentId}/submit`,
    { answers: { topic: { version: 1, nodes: ['sports'] } }, activeMs: 0 },
  )
  expect([answer.status, answer.json.problems]).toEqual([200, undefined])
  const kept = await h.call(people.ana, 'GET', `${path}/taxonomies/topics/versions/1`)
  expect(kept.headers.get('vary')).toContain('Cookie')
})
