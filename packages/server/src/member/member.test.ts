import { encodeId } from '@kasauti/core'
import {
  type Person,
  seedPerson,
  seedProject,
  type TestApp,
  type TestHttp,
  testApp,
  testHttp,
} from '@kasauti/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes as invitations } from '../invitation/index.ts'
import { routes as notifications } from '../notification/index.ts'
import { routes as sessions } from '../session/index.ts'
import { routes as members } from './index.ts'

let app: TestApp
let http: TestHttp
let lead: Person
let manager: Person
let projectId: string
const usr = (person: Person) => encodeId('usr', person.userId)
const path = () => `/projects/${encodeId('prj', projectId)}`

beforeAll(async () => {
  app = await testApp()
  http = await testHttp(app, { ...members, ...invitations, ...notifications, ...sessions })
  lead = await seedPerson(app, { name: 'Lead' })
  manager = await seedPerson(app, { name: 'Manager' })
  projectId = await seedProject(app, {
    name: 'आवाज़',
    by: lead,
    schema: {},
    members: [
      { person: lead, roles: ['lead'] },
      { person: manager, roles: ['manager'] },
    ],
  })
})
afterAll(async () => {
  await http?.close()
  await app?.close()
})
const set = (by: Person, who: Person, roles: string[]) =>
  http.send('PUT', `${path()}/members/${usr(who)}`, { cookie: by.cookie, body: { roles } })
const remove = (by: Person, who: Person) =>
  http.send('DELETE', `${path()}/members/${usr(who)}`, { cookie: by.cookie })

test('a person who is added is told, sees the project and leaves the candidates', async () => {
  const p = await seedPerson(app, { name: '100% नया_साथी' })
  const candidates = async (search: string) =>
    (
      await http.send('GET', `${path()}/member-candidates?search=${encodeURIComponent(search)}`, {
        cookie: lead.cookie,
      })
    ).json.rows.map((r: { userId: string }) => r.userId)
  expect(await candidates('नया_')).toEqual([usr(p)])
  expect(await candidates('100%')).toEqual([usr(p)])
  expect(await candidates('_%_%_')).toEqual([])
  const added = await set(lead, p, ['reviewer', 'associate', 'associate'])
  expect(added.json).toMatchObject({
    userId: usr(p),
    roles: ['associate', 'reviewer'],
    disabled: false,
  })
  expect(await candidates('नया_')).toEqual([])
  const told = await http.send('GET', '/notifications', { cookie: p.cookie })
  expect(told.json).toMatchObject({
    unread: 1,
    rows: [
      {
        kind: 'member-added',
        projectName: 'आवाज़',
        params: { by: 'Lead' },
        href: path(),
        read: false,
      },
    ],
  })
  await http.send('POST', '/notifications/read', { cookie: p.cookie, body: {} })
  expect((await http.send('GET', '/notifications', { cookie: p.cookie })).json.unread).toBe(0)
  expect((await http.send('GET', '/me', { cookie: p.cookie })).json.projects).toEqual([
    {
      projectId: encodeId('prj', projectId),
      name: 'आवाज़',
      roles: ['associate', 'reviewer'],
      archived: false,
    },
  ])
})

test('nobody grants or takes above their own level', async () => {
  const p = await seedPerson(app, { name: 'Somebody' })
  expect((await set(lead, p, ['manager'])).json.code).toBe('auth/forbidden')
  expect((await set(lead, lead, ['lead', 'manager'])).json.code).toBe('auth/forbidden')
  expect((await set(lead, manager, ['associate'])).json.code).toBe('auth/forbidden')
  expect((await remove(lead, manager)).json.code).toBe('auth/forbidden')
  expect(
    (
      await http.send('POST', `${path()}/invitations`, {
        cookie: lead.cookie,
        body: { roles: ['manager'] },
      })
    ).json.code,
  ).toBe('auth/forbidden')
  expect((await set(manager, p, ['manager'])).status).toBe(200)
  expect((await remove(manager, p)).status).toBe(200)
  expect((await remove(manager, p)).json.code).toBe('member/not-found')
})

test('of two leads who leave at once one stays', async () => {
  const one = await seedPerson(app, { name: 'One' })
  const two = await seedPerson(app, { name: 'Two' })
  const id = await seedProject(app, {
    name: 'Pair',
    by: one,
    schema: {},
    members: [
      { person: one, roles: ['lead'] },
      { person: two, roles: ['lead'] },
    ],
  })
  const at = `/projects/${encodeId('prj', id)}/members`
  const answers = await Promise.all([
    http.send('DELETE', `${at}/${usr(one)}`, { cookie: one.cookie }),
    http.send('PUT', `${at}/${usr(two)}`, { cookie: two.cookie, body: { roles: ['associate'] } }),
  ])
  expect(answers.map((a) => a.status).sort()).toEqual([200, 409])
  expect(answers.find((a) => a.status === 409)?.json.code).toBe('member/last-lead')
})

test('people who do not exist or are disabled cannot be added', async () => {
  const gone = await seedPerson(app, { name: 'Gone' })
  await app.db
    .updateTable('users')
    .set({ disabled: true })
    .where('user_id', '=', gone.userId)
    .execute()
  expect((await set(lead, gone, ['associate'])).json.code).toBe('user/not-found')
  expect(
    (
      await http.send('PUT', `${path()}/members/${encodeId('usr', app.newId())}`, {
        cookie: lead.cookie,
        body: { roles: ['associate'] },
      })
    ).json.code,
  ).toBe('user/not-found')
  expect((await set(lead, gone, ['king'])).status).toBe(400)
  expect((await set(lead, gone, [])).status).toBe(400)
})

test('an invitation link makes an account with its roles, once, and only while its maker may invite', async () => {
  const made = await http.send('POST', `${path()}/invitations`, {
    cookie: lead.cookie,
    body: { name: 'सीता', roles: ['associate'] },
  })
  const secret = made.json.link.split('/').at(-1)
  expect(made.json.link).toBe(`${http.url}/invite/${secret}`)
  expect((await http.send('GET', `/invitation-links/${secret}`)).json).toEqual({
    name: 'सीता',
    invitedBy: 'Lead',
    projects: ['आवाज़'],
  })
  const body = {
    email: 'Sita@Example.test',
    name: 'सीता',
    password: 'a phrase of my own',
    locale: 'hi',
  }
  expect(
    (
      await http.send('POST', `/invitation-links/${secret}`, {
        body: { ...body, email: lead.email },
      })
    ).json.code,
  ).toBe('user/email-taken')
  const all = await Promise.all(
    [1, 2].map((n) =>
      http.send('POST', `/invitation-links/${secret}`, {
        body: { ...body, email: `sita${n}@example.test` },
      }),
    ),
  )
  expect(all.map((a) => a.status).sort()).toEqual([200, 410])
  expect(all.find((a) => a.status === 200)?.json).toMatchObject({
    preferences: { locale: 'hi' },
    projects: [{ roles: ['associate'] }],
  })
  expect((await http.send('GET', `/invitation-links/${secret}`)).json.code).toBe(
    'auth/link-invalid',
  )
  const admin = await seedPerson(app, { name: 'Boss', admin: true })
  const forAdmin = await http.send('POST', '/invitations', {
    cookie: admin.cookie,
    body: { admin: true, email: 'Next@Example.test' },
  })
  const second = forAdmin.json.link.split('/').at(-1)
  expect(
    (await http.send('POST', `/invitation-links/${second}`, { body })).json.problems[0].path,
  ).toBe('body.email')
  await app.db
    .updateTable('users')
    .set({ admin: false })
    .where('user_id', '=', admin.userId)
    .execute()
  expect((await http.send('GET', `/invitation-links/${second}`)).status).toBe(410)
})
