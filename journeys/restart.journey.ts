/**
 * Power cuts in the middle of work: the server or its database is killed while people label. What was
 * submitted is there, drafts are there, and the page goes on by itself.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type Person, personAt } from './support/browser.ts'
import { importFile, noTrouble } from './support/deeds.ts'
import { type Account, addPerson, foundHouse, type House, signIn } from './support/house.ts'
import { type Program, startProgram } from './support/program.ts'

let program: Program
let browser: Browser
let house: House
let admin: Person
const people: Person[] = []

beforeAll(async () => {
  program = await startProgram()
  browser = await openBrowser()
  house = await foundHouse(program.url, program.setupLink)
  admin = await signedIn(house.admin)
})
afterAll(async () => {
  await browser?.close()
  await program?.stop()
})

async function signedIn(who: Account): Promise<Person> {
  const person = await personAt(browser, program.url)
  people.push(person)
  await signIn(person, who)
  return person
}

/** A project that asks yes or no (keys 1 and 2), with so many items and these associates. */
async function projectOf(name: string, items: number, associates: readonly string[]) {
  const { projectId } = await house.client.call('project.create', {
    body: { name, template: 'blank', sampleItems: false },
  })
  const csv = Array.from({ length: items }, (_, i) => `${name}-${i + 1},Is ${i + 1} even?`)
  const file = { name: `${name}.csv`, mimeType: 'text/csv' }
  const buffer = Buffer.from(['id,text', ...csv].join('\n'))
  const run = await importFile(admin, projectId, { ...file, buffer }, { key: 'id' })
  expect(run).toMatchObject({ state: 'done', items })
  const workers = []
  for (const who of associates)
    workers.push(await signedIn(await addPerson(house, who, [{ projectId, roles: ['associate'] }])))
  return { projectId, workers }
}

/** The answers the server has, by key, of everybody. */
async function answersOf(projectId: string) {
  const { rows } = await house.client.call('item.list', {
    params: { projectId },
    query: { limit: 100 },
  })
  const found: Record<string, unknown[]> = {}
  for (const { itemId } of rows) {
    const item = await house.client.call('item.get', { params: { projectId, itemId } })
    const given = item.annotations.map((a) => a.revisions.at(-1)?.answers['label'])
    if (given.length > 0) found[item.key] = given
  }
  return found
}

async function startAgain(): Promise<void> {
  const port = Number(new URL(program.url).port)
  program = await startProgram({ dataDir: program.dataDir, port })
  expect(program.setupLink).toBe('')
}

const place = (page: Page) => page.getByRole('banner').getByText(/^\/ /)
const keyInView = async (page: Page) => ((await place(page).textContent()) ?? '').slice(2)
const canAnswer = (page: Page) => page.getByRole('group', { name: 'Label' }).waitFor()
async function atItem(page: Page, key: string) {
  await page.getByRole('banner').getByText(`/ ${key}`, { exact: true }).waitFor()
  await canAnswer(page)
}
const mark = (page: Page, text: RegExp) => page.getByRole('status').filter({ hasText: text })
const chosen = (page: Page, option: RegExp) =>
  page.getByRole('radio', { name: option, checked: true }).waitFor()

test('two people never have the same item at overlap 1, and every item is labelled once', async () => {
  const items = 16
  const { projectId, workers } = await projectOf('pair', items, ['Asha Rao', 'Kabir Das'])
  const work = async ({ page }: Person) => {
    const seen: string[] = []
    const done = page.getByText('Nothing left to label')
    await page.goto(`/projects/${projectId}/work`)
    for (;;) {
      await place(page).or(done).first().waitFor()
      if (await done.isVisible()) return seen
      await canAnswer(page)
      const key = await keyInView(page)
      seen.push(key)
      await page.keyboard.press(Number(key.slice(5)) % 2 === 0 ? 'Digit1' : 'Digit2')
      await page.keyboard.press('Control+Enter')
      const next = place(page).filter({ hasNotText: new RegExp(`^/ ${key}$`) })
      await next.or(done).first().waitFor()
    }
  }
  const [asha = [], kabir = []] = await Promise.all(workers.map(work))
  expect(asha.filter((key) => kabir.includes(key))).toEqual([])
  expect(asha.length + kabir.length).toBe(items)
  for (const { page } of workers) await mark(page, /^saved$/).waitFor()
  const expected = Array.from({ length: items }, (_, i) => [
    `pair-${i + 1}`,
    [(i + 1) % 2 === 0 ? 'yes' : 'no'],
  ])
  expect(await answersOf(projectId)).toEqual(Object.fromEntries(expected))
})

test('a second tab on the same item is told, and may take it over', async () => {
  const { projectId, workers } = await projectOf('tabs', 4, ['Zoya Khan'])
  const [zoya] = workers
  if (!zoya) throw new Error('nobody')
  const { page } = zoya
  const elsewhere = /This item is open in another tab/
  await page.goto(`/projects/${projectId}/work`)
  await atItem(page, 'tabs-1')
  const second = await zoya.context.newPage()
  await second.goto(`/projects/${projectId}/work`)
  await atItem(second, 'tabs-1')
  await second.getByRole('alert').filter({ hasText: elsewhere }).waitFor()
  expect(await page.getByText(elsewhere).count()).toBe(0)
  // Keys do nothing where the item is not held.
  await second.keyboard.press('Digit1')
  await second.keyboard.press('Control+Enter')
  await atItem(second, 'tabs-1')
  await page.keyboard.press('Digit2')
  await mark(page, /^saved$/).waitFor()
  await second.getByRole('button', { name: 'Work on it here' }).click()
  await page.getByRole('alert').filter({ hasText: elsewhere }).waitFor()
  await second.getByText(elsewhere).waitFor({ state: 'detached' })
  await second.close()
})

test('the server is killed while somebody labels; nothing is lost and the page goes on', async () => {
  const { projectId, workers } = await projectOf('cut', 8, ['Imran Ali'])
  const [imran] = workers
  if (!imran) throw new Error('nobody')
  const { page } = imran
  await page.goto(`/projects/${projectId}/work`)
  await atItem(page, 'cut-1')
  await page.keyboard.press('Digit1')
  await page.keyboard.press('Control+Enter')
  await atItem(page, 'cut-2')
  await page.keyboard.press('Digit2')
  await page.keyboard.press('Control+Enter')
  await atItem(page, 'cut-3')
  await page.keyboard.press('Digit1')
  await chosen(page, /^Yes/)
  await mark(page, /^saved$/).waitFor()

  await program.kill()
  // Work goes on without the server: what is here is kept here, and that is said.
  await page.keyboard.press('Control+Enter')
  await atItem(page, 'cut-4')
  await page.keyboard.press('Digit2')
  await chosen(page, /^No/)
  await mark(page, /^offline · \d waiting$/).waitFor()

  await startAgain()
  await mark(page, /^saved$/).waitFor({ timeout: 60_000 })
  await atItem(page, 'cut-4')
  await page.reload()
  await atItem(page, 'cut-4')
  await chosen(page, /^No/)
  await page.keyboard.press('Control+Enter')
  await atItem(page, 'cut-5')
  await mark(page, /^saved$/).waitFor()
  expect(await answersOf(projectId)).toEqual({
    'cut-1': ['yes'],
    'cut-2': ['no'],
    'cut-3': ['yes'],
    'cut-4': ['no'],
  })

  // The database alone is killed; the server starts it again.
  const before = await program.postgresPid()
  process.kill(before, 'SIGKILL')
  await page.keyboard.press('Digit1')
  await page.keyboard.press('Control+Enter')
  await atItem(page, 'cut-6')
  await page.keyboard.press('Digit2')
  await page.keyboard.press('Control+Enter')
  await atItem(page, 'cut-7')
  await page.keyboard.press('Digit1')
  await chosen(page, /^Yes/)
  await mark(page, /^saved$/).waitFor({ timeout: 60_000 })
  await expect.poll(() => program.postgresPid().catch(() => before)).not.toBe(before)
  await page.reload()
  await atItem(page, 'cut-7')
  await chosen(page, /^Yes/)
  expect(await answersOf(projectId)).toMatchObject({ 'cut-5': ['yes'], 'cut-6': ['no'] })

  // The server is away and the tab is closed: the browser kept what was done meanwhile.
  await program.kill()
  await page.keyboard.press('Control+Enter')
  await atItem(page, 'cut-8')
  await page.keyboard.press('Digit2')
  await chosen(page, /^No/)
  await mark(page, /^offline · \d waiting$/).waitFor()
  await page.close()
  await startAgain()
  const later = await imran.context.newPage()
  await later.goto(`/projects/${projectId}/work`)
  await atItem(later, 'cut-8')
  await chosen(later, /^No/)
  await mark(later, /^saved$/).waitFor({ timeout: 60_000 })
  expect(await answersOf(projectId)).toMatchObject({ 'cut-7': ['yes'] })
})

test('nothing went wrong in any page', () => {
  noTrouble(...people)
})
