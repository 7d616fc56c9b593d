import { templates } from '@kasauti/catalog'
import { seedPerson } from '@kasauti/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { furnish, type House, house, recount, topicSchema } from '../fixtures/index.ts'

let h: House
beforeAll(async () => {
  h = await house()
})
afterAll(() => h.close())

const admin = () => seedPerson(h.app, { name: 'Admin', admin: true })

describe('a new project', () => {
  test.each(templates.map((t) => t.name))(
    'from the template %s is whole and can be worked in',
    async (name) => {
      const by = await admin()
      const made = await h.call(by, 'POST', '/projects', {
        name: `My ${name}`,
        template: name,
        sampleItems: true,
      })
      expect(made.status, JSON.stringify(made.json)).toBe(200)
      const from = templates.find((t) => t.name === name)
      expect(made.json).toMatchObject({
        schemaVersion: 1,
        template: name,
        settings: { queue: { order: 'sequential' }, instructions: from?.sop },
        counts: { items: from?.items.length, open: from?.items.length },
      })
      const path = `/projects/${made.json.projectId}`
      const taxonomies = await h.call(by, 'GET', `${path}/taxonomies`)
      expect(taxonomies.json.rows.map((t: { name: string }) => t.name).sort()).toEqual(
        (from?.taxonomies ?? []).map((t) => t.name).sort(),
      )
      const listed = await h.call(by, 'GET', `${path}/items`)
      expect(listed.json.rows).toHaveLength(Math.min(50, from?.items.length ?? 0))
      const claimed = await h.call(by, 'POST', `${path}/claim`)
      expect(claimed.json.rows).toHaveLength(from && from.items.length > 0 ? 1 : 0)
    },
  )

  test('from a schema makes its maker lead and manager', async () => {
    const by = await admin()
    const lead = await seedPerson(h.app, { name: 'Lea' })
    const first = await h.call(by, 'POST', '/projects', { name: 'One', schema: topicSchema })
    expect(
      (await h.call(lead, 'POST', '/projects', { name: 'Two', schema: topicSchema })).status,
    ).toBe(403)
    await h.call(
      by,
      'PUT',
      `/projects/${first.json.projectId}/members/${(await h.call(lead, 'GET', '/me')).json.userId}`,
      { roles: ['lead'] },
    )
    const second = await h.call(lead, 'POST', '/projects', { name: 'Two', schema: topicSchema })
    expect(second.json.myRoles).toEqual(['lead', 'manager'])
    const mine = await h.call(lead, 'GET', '/projects')
    expect(mine.json.rows.map((p: { name: string }) => p.name)).toEqual(['Two', 'One'])
  })

  test('needs a template that exists or a schema that is one', async () => {
    const by = await admin()
    const of = async (body: object) => {
      const { status, json } = await h.call(by, 'POST', '/projects', { name: 'X', ...body })
      return [status, json.code, json.problems[0].path]
    }
    expect(await of({})).toEqual([400, 'request/invalid', 'schema'])
    expect(await of({ template: 'nothing' })).toEqual([400, 'request/invalid', 'template'])
    const bad = await of({ schema: { inputs: [], fields: [] } })
    expect(bad.slice(0, 2)).toEqual([422, 'schema/invalid'])
  })
})

test('a change based on an old version is refused, and restoring follows archiving', async () => {
  const { path, people } = await furnish(h, {
    people: { lea: ['lead'], ana: ['associate'] },
    items: 1,
  })
  const shown = await h.call(people.lea, 'GET', path)
  expect(shown.headers.get('etag')).toBe(shown.json.etag)
  const patch = (body: object, etag?: string) =>
    h.send(people.lea, 'PATCH', path, body, etag ? { 'if-match': etag } : {})
  expect((await patch({ name: 'New name' }, shown.json.etag)).json.name).toBe('New name')
  expect((await patch({ name: 'Other' }, shown.json.etag)).json.code).toBe(
    'request/precondition-failed',
  )
  const partial = await patch({ settings: { queue: { order: 'random', dailyCap: 200 } } })
  expect(partial.json.settings).toMatchObject({
    queue: { order: 'random', dailyCap: 200 },
    skipReasons: [{ id: 'unclear' }],
  })
  const twice = await patch({
    settings: {
      skipReasons: [
        { id: 'a', title: { en: 'A' } },
        { id: 'a', title: { en: 'B' } },
      ],
    },
  })
  expect(twice.json.problems[0].path).toBe('body.settings.skipReasons.1.id')
  expect((await patch({ archived: true })).json.archived).toBe(true)
  expect((await h.call(people.ana, 'POST', `${path}/claim`)).json.code).toBe('project/archived')
  expect((await h.call(people.lea, 'GET', '/projects')).json.rows).toEqual([])
  expect((await h.call(people.lea, 'GET', '/projects?archived=true')).json.rows).toHaveLength(1)
  expect((await patch({ archived: false })).json.archived).toBe(false)
  expect((await h.call(people.ana, 'POST', `${path}/claim`)).json.rows).toHaveLength(1)
})

describe('the task schema', () => {
  const more = {
    ...topicSchema,
    fields: [
      ...topicSchema.fields,
      {
        id: 'note',
        kind: 'text',
        required: false,
        title: { en: 'Note' },
        config: { lines: 'many' },
      },
    ],
  }
  test('is published over the version it is based on, once', async () => {
    const { path, people } = await furnish(h, { people: { lea: ['lead'] }, items: 1 })
    const publish = (schema: unknown, basedOn: number) =>
      h.call(people.lea, 'POST', `${path}/schema/versions`, { schema, basedOn, note: 'why' })
    expect((await publish(topicSchema, 1)).json.code).toBe('schema/unchanged')
    const [a, b] = await Promise.all([publish(more, 1), publish(more, 1)])
    expect([a?.status, b?.status].sort()).toEqual([200, 412])
    expect((await h.call(people.lea, 'GET', `${path}/schema`)).json).toMatchObject({
      version: 2,
      note: 'why',
      createdBy: 'lea',
    })
    expect(
      (await h.call(people.lea, 'GET', `${path}/schema?version=1`)).json.schema.fields,
    ).toHaveLength(2)
    expect((await h.call(people.lea, 'GET', `${path}/schema?version=9`)).json.code).toBe(
      'schema/not-found',
    )
    expect(
      (await h.call(people.lea, 'GET', `${path}/schema/versions`)).json.rows.map(
        (r: { version: number }) => r.version,
      ),
    ).toEqual([2, 1])
  })
  test('may not lose inputs that items have, nor name taxonomies that are not there', async () => {
    const { path, people } = await furnish(h, { people: { lea: ['lead'] }, items: 1 })
    const publish = async (schema: unknown) =>
      (await h.call(people.lea, 'POST', `${path}/schema/versions`, { schema, basedOn: 1 })).json
    const renamed = await publish({ ...topicSchema, inputs: [{ id: 'body', kind: 'text' }] })
    expect(renamed.code).toBe('schema/invalid')
    expect(renamed.problems.map((p: { path: string }) => p.path)).toEqual(['inputs', 'inputs.0.id'])
    const tree = await publish({
      ...topicSchema,
      fields: [
        {
          id: 'place',
          kind: 'taxonomy',
          title: { en: 'Place' },
          config: { taxonomy: 'places', version: 1, mode: 'single', leavesOnly: false },
        },
      ],
    })
    expect(tree.problems).toMatchObject([{ path: 'fields.0.config' }])
  })
  test('an assignment keeps the version it was made under', async () => {
    const { path, people } = await furnish(h, { people: { lea: ['lead'] }, items: 2 })
    const { json } = await h.call(people.lea, 'POST', `${path}/claim`)
    await h.call(people.lea, 'POST', `${path}/schema/versions`, { schema: more, basedOn: 1 })
    const old = await h.call(
      people.lea,
      'POST',
      `${path}/assignments/${json.rows[0].assignmentId}/submit`,
      { answers: { topic: 'health', note: 'new' }, activeMs: 0 },
    )
    expect(old.json.problems).toMatchObject([{ path: 'answers.note' }])
    const next = await h.call(people.lea, 'POST', `${path}/claim`, {
      holding: [json.rows[0].assignmentId],
    })
    expect(next.json.rows[0].schemaVersion).toBe(2)
  })
  test('can be checked with an input and answers without storing anything', async () => {
    const by = await admin()
    const check = async (body: object) =>
      (await h.call(by, 'POST', '/schema/check', body)).json.problems.map(
        (p: { path: string }) => p.path,
      )
    expect(
      await check({ schema: topicSchema, input: { text: 'hello' }, answers: { topic: 'sports' } }),
    ).toEqual([])
    expect(
      await check({
        schema: topicSchema,
        input: { text: 'hello' },
        answers: { topic: 'golf', other: 1 },
      }),
    ).toEqual(expect.arrayContaining(['answers.topic', 'answers.other']))
    expect(await check({ schema: topicSchema, input: {} })).toEqual(['text'])
    expect((await check({ schema: { inputs: 'x' } })).length).toBeGreaterThan(0)
  })
})

describe('taxonomies', () => {
  const nodes = [
    { id: 'asia', title: { en: 'Asia', hi: 'एशिया' } },
    { id: 'india', parent: 'asia', title: { en: 'India', hi: 'भारत' } },
  ]
  test('are versioned, immutable and asked for by fields', async () => {
    const { path, people } = await furnish(h, { people: { lea: ['lead'] }, items: 1 })
    const publish = (body: object) =>
      h.call(people.lea, 'PUT', `${path}/taxonomies/places`, { title: { en: 'Places' }, ...body })
    expect((await publish({ nodes })).json).toMatchObject({ version: 1, nodes: 2 })
    const second = await publish({
      nodes: [...nodes, { id: 'delhi', parent: 'india', title: { en: 'Delhi' } }],
    })
    expect(second.json).toMatchObject({ version: 2, nodes: 3 })
    const one = await h.call(people.lea, 'GET', `${path}/taxonomies/places/versions/1`)
    expect(one.json.nodes).toEqual(nodes)
    expect(one.headers.get('cache-control')).toContain('immutable')
    expect(one.headers.get('etag')).toBeTruthy()
    expect((await h.call(people.lea, 'GET', `${path}/taxonomies`)).json.rows).toMatchObject([
      { name: 'places', version: 2 },
    ])
    expect(
      (await h.call(people.lea, 'GET', `${path}/taxonomies/places/versions/3`)).json.code,
    ).toBe('taxonomy/not-found')
    const schema = {
      ...topicSchema,
      fields: [
        {
          id: 'place',
          kind: 'taxonomy',
          title: { en: 'Place' },
          config: { taxonomy: 'places', version: 1, mode: 'single', leavesOnly: true },
        },
      ],
    }
    expect(
      (await h.call(people.lea, 'POST', `${path}/schema/versions`, { schema, basedOn: 1 })).status,
    ).toBe(200)
    const { json } = await h.call(people.lea, 'POST', `${path}/claim`)
    const submit = (node: string) =>
      h.call(people.lea, 'POST', `${path}/assignments/${json.rows[0].assignmentId}/submit`, {
        answers: { place: { version: 1, nodes: [node] } },
        activeMs: 0,
      })
    expect((await submit('delhi')).status).toBe(422)
    expect((await submit('asia')).status).toBe(422)
    expect((await submit('india')).status).toBe(200)
  })
  test('with circles, doubles or missing parents are refused with the place', async () => {
    const { path, people } = await furnish(h, { people: { lea: ['lead'] }, items: 0 })
    const title = { en: 'X' }
    const bad = await h.call(people.lea, 'PUT', `${path}/taxonomies/bad`, {
      title,
      nodes: [
        { id: 'a', parent: 'b', title },
        { id: 'b', parent: 'a', title },
        { id: 'c', title },
        { id: 'c', title },
        { id: 'd', parent: 'nobody', title },
      ],
    })
    expect(bad.json.code).toBe('taxonomy/invalid')
    expect(bad.json.problems.map((p: { path: string }) => p.path)).toEqual(
      expect.arrayContaining(['nodes.0.parent', 'nodes.3.id', 'nodes.4.parent']),
    )
  })
})

test('saved views are mine to change and, if shared, everybody’s to see', async () => {
  const { path, people } = await furnish(h, {
    people: { lea: ['lead'], ravi: ['reviewer'] },
    items: 0,
  })
  const view = {
    name: 'Returned',
    shared: true,
    sort: 'updatedAt',
    direction: 'desc',
    filter: { state: ['returned'], updatedFrom: '2026-01-05T00:00:00.000Z' },
  }
  const saved = await h.call(people.lea, 'POST', `${path}/views`, view)
  expect(saved.json).toMatchObject({ ...view, mine: true })
  const again = await h.call(people.lea, 'POST', `${path}/views`, { ...view, sort: 'key' })
  expect(again.json.viewId).toBe(saved.json.viewId)
  expect((await h.call(people.ravi, 'GET', `${path}/views`)).json.rows).toMatchObject([
    { name: 'Returned', mine: false, sort: 'key', filter: view.filter },
  ])
  expect(
    (await h.call(people.ravi, 'DELETE', `${path}/views/${saved.json.viewId}`)).json.code,
  ).toBe('view/not-found')
  expect((await h.call(people.lea, 'DELETE', `${path}/views/${saved.json.viewId}`)).status).toBe(
    200,
  )
  expect((await h.call(people.ravi, 'GET', `${path}/views`)).json.rows).toEqual([])
})

test('templates are offered with their fields', async () => {
  const { json } = await h.call(await admin(), 'GET', '/templates')
  expect(json.rows.map((t: { name: string }) => t.name)).toEqual(templates.map((t) => t.name))
})

test('sample items count like any others', async () => {
  const by = await admin()
  const name = templates.find((t) => t.items.length > 0)?.name
  if (!name) return
  const { json } = await h.call(by, 'POST', '/projects', {
    name: 'S',
    template: name,
    sampleItems: true,
  })
  const { rows } = await sql<{
    project_id: string
  }>`/* unscoped: the test's newest project */ select project_id from projects where name = 'S'`.execute(
    h.app.db,
  )
  expect(json.counts.items).toBeGreaterThan(0)
  expect(await recount(h.app, rows[0]?.project_id ?? '')).toEqual([])
})
