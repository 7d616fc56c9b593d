import { afterAll, beforeAll, expect, test } from 'vitest'
import { furnish, type House, house } from '../fixtures/index.ts'

let h: House
beforeAll(async () => {
  h = await house()
})
afterAll(() => h.close())

const newcomer = (n: number) => ({
  email: `new${n}@example.test`,
  name: 'Newcomer',
  password: 'sapphire kettle 41',
  locale: 'en',
})

test('what a lead may no longer give, nobody gets by their old link', async () => {
  const { path, people, owner } = await furnish(h, {
    people: { lea: ['lead'], max: ['manager'] },
    items: 0,
  })
  const invite = async () => {
    const made = await h.call(people.lea, 'POST', `${path}/invitations`, { roles: ['lead'] })
    expect(made.status).toBe(200)
    return `/invitation-links/${made.json.link.split('/').at(-1)}`
  }
  const good = await invite()
  const afterDemotion = await invite()
  const afterLeaving = await invite()
  const accept = (link: string, n: number) => h.call(owner, 'POST', link, newcomer(n))
  const members = (await h.call(people.max, 'GET', `${path}/members`)).json.rows
  const lea = members.find((m: { name: string }) => m.name === 'lea').userId

  expect((await accept(good, 1)).status).toBe(200)
  await h.call(people.max, 'PUT', `${path}/members/${lea}`, { roles: ['reviewer'] })
  expect((await accept(afterDemotion, 2)).json.code).toBe('auth/link-invalid')
  await h.call(people.max, 'DELETE', `${path}/members/${lea}`)
  expect((await h.call(owner, 'GET', afterLeaving)).json.code).toBe('auth/link-invalid')
  expect((await accept(afterLeaving, 3)).json.code).toBe('auth/link-invalid')
})
