/** Who sees what, and how doors close: roles, links, passwords, sessions, tokens. */
import { readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type Person, personAt } from './support/browser.ts'
import { acceptInvitation, inviteByPage, noTrouble } from './support/deeds.ts'
import { type Account, addPerson, foundHouse, type House, signIn } from './support/house.ts'
import { type Program, startProgram } from './support/program.ts'

const roles = ['associate', 'reviewer', 'lead', 'manager', 'engineer', 'stakeholder'] as const
type Role = (typeof roles)[number]

let program: Program
let browser: Browser
let house: House
let mine: string
let other: string
const accounts = new Map<Role, Account>()
const people: Person[] = []

beforeAll(async () => {
  program = await startProgram()
  browser = await openBrowser()
  house = await foundHouse(program.url, program.setupLink)
  mine = await newProject('Ours')
  other = await newProject('Theirs')
  for (const role of roles)
    accounts.set(role, await addPerson(house, `The ${role}`, [{ projectId: mine, roles: [role] }]))
})
afterAll(async () => {
  await browser?.close()
  await program?.stop()
})

async function newProject(name: string): Promise<string> {
  const body = { name, template: 'topic-categories', sampleItems: true }
  return (await house.client.call('project.create', { body })).projectId
}
async function nobody(): Promise<Person> {
  const person = await personAt(browser, program.url)
  people.push(person)
  return person
}
async function signedIn(who: Account | undefined): Promise<Person> {
  if (!who) throw new Error('no such account')
  const person = await nobody()
  await signIn(person, who)
  return person
}

const screens = {
  Overview: '',
  Label: '/work',
  Review: '/review',
  Items: '/items',
  Import: '/import',
  'Task schema': '/schema',
  People: '/people',
  Deliveries: '/deliveries',
  Workflow: '/workflow',
  Settings: '/settings',
} as const
type Screen = keyof typeof screens
const names = Object.keys(screens) as Screen[]
const opens: Readonly<Record<Role, readonly Screen[]>> = {
  associate: ['Overview', 'Label', 'Workflow'],
  reviewer: ['Overview', 'Review', 'Items', 'Task schema', 'People', 'Workflow'],
  lead: names,
  manager: [
    'Overview',
    'Items',
    'Import',
    'Task schema',
    'People',
    'Deliveries',
    'Workflow',
    'Settings',
  ],
  engineer: ['Overview', 'Items', 'Import', 'Task schema', 'People', 'Deliveries', 'Workflow'],
  stakeholder: ['Overview', 'Deliveries', 'Workflow'],
}
/** Opened by its address, but not led to: another workflow would hand them work there. */
const unlisted: Partial<Readonly<Record<Role, readonly Screen[]>>> = { reviewer: ['Label'] }

test.each(roles)(
  '%s: the navigation has what the role opens, and typed addresses of the rest say so',
  async (role) => {
    const { page } = await signedIn(accounts.get(role))
    const closed = page.getByRole('heading', { name: 'Your role does not open this screen' })
    await page.goto(`/projects/${mine}`)
    const nav = page.getByRole('navigation', { name: 'Main' })
    await nav.getByRole('link', { name: 'Overview' }).waitFor()
    // What depends on the workflow comes when the workflow is known.
    const shown = () => nav.getByRole('link').allTextContents()
    await expect
      .poll(async () => {
        const links = await shown()
        return names.filter((name) => links.includes(name))
      })
      .toEqual(opens[role])
    const links = await shown()
    expect(links.filter((l) => /Theirs|People & invitations|System/.test(l))).toEqual([])

    for (const name of names) {
      await page.goto(`/projects/${mine}${screens[name]}`)
      const bench = name === 'Label' || name === 'Review'
      const shown = bench ? page.getByRole('main') : page.getByRole('heading', { level: 1 })
      await shown.or(closed).first().waitFor()
      const isClosed = ![...opens[role], ...(unlisted[role] ?? [])].includes(name)
      if (isClosed) await closed.waitFor()
      else expect(await closed.count(), name).toBe(0)
    }
    for (const place of ['/admin/people', '/admin/system']) {
      await page.goto(place)
      await closed.waitFor()
    }
  },
)

test('a project of others does not exist for whoever is not in it', async () => {
  const { page } = await signedIn(accounts.get('lead'))
  const absent = page.getByText(/There is no such project|There is nothing here|Your role does not/)
  for (const name of names) {
    await page.goto(`/projects/${other}${screens[name]}`)
    await absent.first().waitFor()
    expect(await page.getByText('Theirs').count()).toBe(0)
  }
  await page.goto('/no/such/address')
  await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
})

test('who is not signed in is asked to, and then comes to where they wanted to go', async () => {
  const person = await nobody()
  const { page } = person
  const account = accounts.get('lead')
  if (!account) throw new Error('no lead')
  await page.goto(`/projects/${mine}/people`)
  await page.waitForURL(/\/sign-in\?/)
  await page.getByRole('textbox', { name: 'E-mail' }).fill(account.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(account.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'People', exact: true }).waitFor()
  expect(new URL(page.url()).pathname).toBe(`/projects/${mine}/people`)
})

test('sign-out everywhere ends the other browser', async () => {
  const account = accounts.get('associate')
  const here = await signedIn(account)
  const there = await signedIn(account)
  await there.page.goto(`/projects/${mine}`)
  await there.page.getByRole('heading', { name: 'Ours' }).waitFor()
  await here.page.goto('/account')
  await here.page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await here.page.getByRole('button', { name: 'Sign in' }).waitFor()
  // The other page finds out by itself, or at the latest with its next request.
  await there.page.getByRole('link', { name: 'Today', exact: true }).click()
  await there.page
    .getByRole('dialog', { name: 'Your session has ended' })
    .or(there.page.getByRole('heading', { name: 'Sign in' }))
    .first()
    .waitFor()
  await there.page.goto('/projects')
  await there.page.waitForURL(/\/sign-in/)
})

/** Time passes for one table: there is no way to it through the page. */
async function invitationsRunOut(): Promise<void> {
  const dir = await readlink(`/proc/${await program.postgresPid()}/cwd`)
  const lines = (await readFile(join(dir, 'postmaster.pid'), 'utf8')).split('\n')
  const client = new pg.Client({
    host: lines[4],
    port: Number(lines[3]),
    user: 'kasauti',
    database: 'kasauti',
  })
  await client.connect()
  await client.query(
    `update invitations set created_at = now() - interval '30 days', expires_at = now() - interval '1 hour' where accepted_at is null`,
  )
  await client.end()
}

test('an invitation works once, until it ends or is taken back', async () => {
  const admin = await signedIn(house.admin)
  const dead = async (link: string) => {
    const { page } = await nobody()
    await page.goto(new URL(link).pathname)
    await page.getByText('This link was used already or has expired').waitFor()
    expect(await page.getByRole('button', { name: 'Accept and sign in' }).count()).toBe(0)
  }
  const used = await inviteByPage(admin, mine, { name: 'Used', roles: ['Reviewer'] })
  await acceptInvitation(await nobody(), used, {
    name: 'Used',
    email: 'used@example.org',
    password: 'sandal-wood-boat-1947',
  })
  await dead(used)

  const back = await inviteByPage(admin, mine, { name: 'Taken back', roles: ['Associate'] })
  await admin.page.goto('/admin/people')
  const row = admin.page.getByRole('row', { name: /^Taken back/ })
  await row.getByRole('button', { name: 'Take back' }).click()
  await row.getByText('taken back', { exact: true }).waitFor()
  await dead(back)

  const late = await inviteByPage(admin, mine, { name: 'Late', roles: ['Associate'] })
  await invitationsRunOut()
  await dead(late)
  await admin.page.goto('/admin/people')
  await admin.page.getByRole('row', { name: /^Late .*expired/ }).waitFor()
})

test('a wrong password is told as such; too many tries must wait, the right one too', async () => {
  const account = accounts.get('engineer')
  if (!account) throw new Error('no engineer')
  const { page } = await nobody()
  await page.goto('/sign-in')
  await page.getByRole('textbox', { name: 'E-mail' }).fill(account.email)
  const tryWith = async (password: string) => {
    await page.getByRole('textbox', { name: 'Password' }).fill(password)
    const answered = page.waitForResponse((r) => r.url().endsWith('/api/v1/session'))
    await page.getByRole('button', { name: 'Sign in' }).click()
    return (await answered).status()
  }
  expect(await tryWith('not the password')).toBe(401)
  await page.getByRole('alert').filter({ hasText: 'password is not right' }).waitFor()
  let tries = 1
  while ((await tryWith(`guess number ${tries}`)) === 401) expect(++tries).toBeLessThan(40)
  await page.getByRole('alert').filter({ hasText: 'Too many tries' }).waitFor()
  expect(await tryWith(account.password)).toBe(429)
  // Somebody else is not held up by it.
  await signedIn(accounts.get('manager'))
})

test('an access token made on the page opens the API until it is revoked', async () => {
  const { page } = await signedIn(accounts.get('lead'))
  await page.goto('/account')
  await page.getByRole('textbox', { name: 'Name, for what it is' }).fill('nightly export')
  await page.getByRole('button', { name: 'Make a token' }).click()
  const secret = await page.getByRole('textbox', { name: 'The token' }).inputValue()
  const ask = (path: string) =>
    fetch(`${program.url}/api/v1${path}`, { headers: { authorization: `Bearer ${secret}` } })
  expect((await ask(`/projects/${mine}`)).status).toBe(200)
  expect((await ask(`/projects/${other}`)).status).toBe(404)
  expect((await ask('/users')).status).toBe(403)
  const row = page.getByRole('row', { name: /nightly export/ })
  await row.getByRole('button', { name: 'Revoke' }).click()
  await row.waitFor({ state: 'detached' })
  expect((await ask(`/projects/${mine}`)).status).toBe(401)
})

test('nothing went wrong in any page', () => {
  noTrouble(...people)
  expect(program.output()).not.toMatch(/server\/bug/)
})
