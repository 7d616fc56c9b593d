/**
 * A day of three associates, a reviewer and a lead over two projects and three batches. One associate is
 * offline for a while, one fails the exam and is given only what she may do; what people disagree about
 * is decided, what is returned comes first with the mark on its place, and the lead follows it all.
 */
import type { Workflow } from '@kasauti/core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axe, openBrowser, type Person, personAt } from './support/browser.ts'
import { noTrouble, told } from './support/deeds.ts'
import { type Account, addPerson, foundHouse, type House, signIn } from './support/house.ts'
import { type Program, startProgram } from './support/program.ts'

let program: Program
let browser: Browser
let house: House
const everybody: Person[] = []
let asha: Person
let kabir: Person
let zoya: Person
let ravi: Person
let lata: Person
let streetId: string
let toneId: string
let skillId: string
let toneReader: string

const who = ['associate', 'lead'] as const
const judges = ['reviewer', 'lead'] as const
/** Two people each, every second annotation reviewed is not enough here: all are; disagreement is decided. */
const streetWorkflow: Workflow = {
  stages: [
    { kind: 'annotate', overlap: 2, share: 1, who: { roles: [...who], skills: [] } },
    {
      kind: 'review',
      overlap: 1,
      sampling: { kind: 'all' },
      onReturn: 'author',
      returnsAtMost: 3,
      who: { roles: [...judges], skills: [] },
    },
    {
      kind: 'adjudicate',
      when: { kind: 'disagreement', below: 1 },
      who: { roles: [...judges], skills: [] },
    },
  ],
}

async function signedIn(account: Account): Promise<Person> {
  const person = await personAt(browser, program.url)
  everybody.push(person)
  await signIn(person, account)
  return person
}

/** A file of questions into a batch, made by its name. */
async function bring(projectId: string, o: { name: string; texts: readonly string[] }) {
  const csv = ['id,text', ...o.texts.map((text, i) => `${o.name}-${i + 1},${text}`)].join('\n')
  const path = `/projects/${projectId}/uploads?fileName=${encodeURIComponent(`${o.name}.csv`)}`
  const uploadId = await lata.page.evaluate(
    async ([to, body]) => {
      const answer = await fetch(`/api/v1${to}`, { method: 'POST', body })
      return ((await answer.json()) as { uploadId: string }).uploadId
    },
    [path, csv] as const,
  )
  const { importId } = await told<{ importId: string }>(
    lata,
    'POST',
    `/projects/${projectId}/imports`,
    { uploadId, batch: { name: o.name, state: 'open' } },
  )
  await expect
    .poll(
      async () => (await told(lata, 'GET', `/projects/${projectId}/imports/${importId}`))['state'],
    )
    .toBe('done')
}

const group = (page: Page) => page.locator('.wb-item [role=group][data-spot]').first()
const place = (page: Page) => page.getByRole('banner').getByText(/^\/ /)
const atWork = async (page: Page) => ((await place(page).textContent()) ?? '').slice(2).trim()
const textShown = async (page: Page) =>
  (await page.locator('.wb-inputs:visible').first().innerText()).trim()

/** Answers what is on the screen by its text and sends it; gives the item's name. */
async function answer(page: Page, of: (text: string) => 'Digit1' | 'Digit2'): Promise<string> {
  await group(page).waitFor()
  const name = await atWork(page)
  await page.keyboard.press(of(await textShown(page)))
  await page.keyboard.press('Control+Enter')
  return name
}
const atNext = (page: Page, before: string) =>
  page.waitForFunction((name) => {
    const shown = document.querySelector('header .clip')?.textContent ?? ''
    return !shown.includes(name)
  }, before)

/** Works at /work until nothing is handed out any more. */
async function workOff(page: Page, of: (text: string) => 'Digit1' | 'Digit2'): Promise<string[]> {
  await page.goto('/work')
  const done = page.getByText('Nothing waits for you')
  const seen: string[] = []
  for (;;) {
    await group(page).or(done).first().waitFor()
    if (await done.isVisible()) return seen
    const name = await answer(page, of)
    seen.push(name)
    await atNext(page, name)
  }
}

/** Right answers: is the street name a person's? The texts say so themselves. */
const honest = (text: string) => (/person/.test(text) ? 'Digit1' : 'Digit2')

beforeAll(async () => {
  program = await startProgram()
  browser = await openBrowser()
  house = await foundHouse(program.url, program.setupLink)
  const make = async (name: string) =>
    (await house.client.call('project.create', { body: { name, template: 'blank' } })).projectId
  streetId = await make('Street names')
  toneId = await make('Tone of notices')
  const both = (role: 'associate' | 'reviewer' | 'lead') =>
    [streetId, toneId].map((projectId) => ({ projectId, roles: [role] }))
  lata = await signedIn(await addPerson(house, 'Lata Sen', both('lead')))
  ravi = await signedIn(await addPerson(house, 'Ravi Iyer', both('reviewer')))
  asha = await signedIn(await addPerson(house, 'Asha Rao', both('associate')))
  kabir = await signedIn(await addPerson(house, 'Kabir Das', both('associate')))
  zoya = await signedIn(await addPerson(house, 'Zoya Khan', both('associate')))
})
afterAll(async () => {
  await browser?.close()
  await program?.stop()
})

test('the lead sets the workflow, an exam and three batches', async () => {
  await told(lata, 'POST', `/projects/${streetId}/workflow`, {
    workflow: streetWorkflow,
    basedOn: 1,
  })
  await lata.page.goto(`/projects/${streetId}/workflow`)
  await lata.page.getByText('Adjudicate', { exact: false }).first().waitFor()
  expect(await axe(lata.page)).toEqual([])
  const skill = await told<{ skillId: string }>(lata, 'POST', '/skills', {
    name: 'tone',
    title: { en: 'Reading tone', hi: 'लहजा पहचानना' },
  })
  skillId = skill.skillId
  const exam = await told<{ examId: string }>(lata, 'POST', `/projects/${toneId}/exams`, {
    skillId,
    title: 'Reading tone: entry',
    p0: 0.5,
    p1: 0.95,
    alpha: 0.1,
    beta: 0.1,
    maxItems: 6,
    retryDays: 7,
    validDays: 90,
  })
  toneReader = exam.examId
  await bring(toneId, {
    name: 'questions',
    texts: Array.from({ length: 8 }, (_, i) =>
      i % 2 === 0 ? `kind person ${i}` : `cold wall ${i}`,
    ),
  })
  const { rows } = await told<{ rows: { itemId: string; preview: string }[] }>(
    lata,
    'GET',
    `/projects/${toneId}/items`,
  )
  for (const { itemId, preview } of rows)
    await told(lata, 'POST', `/projects/${toneId}/gold`, {
      itemId,
      use: 'exam',
      answers: { label: honest(preview) === 'Digit1' ? 'yes' : 'no' },
      explanation: { en: 'The notice says it itself.' },
    })
  await told(lata, 'POST', `/projects/${toneId}/workflow`, {
    workflow: {
      stages: [
        {
          kind: 'annotate',
          overlap: 1,
          share: 1,
          who: { roles: [...who], skills: [skillId] },
        },
      ],
    },
    basedOn: 1,
  })
  await bring(streetId, {
    name: 'monday',
    texts: ['Nehru is a person', 'Main is a road', 'Tagore is a person'],
  })
  await bring(streetId, { name: 'tuesday', texts: ['Bose is a person', 'Lake is water'] })
  await bring(toneId, { name: 'notices', texts: ['Dear person, welcome', 'No parking'] })
  await lata.page.goto('/batches')
  for (const name of ['monday', 'tuesday', 'notices'])
    await lata.page.getByText(name, { exact: true }).first().waitFor()
  expect(await axe(lata.page)).toEqual([])
})

/** Sits the exam in the page until it is decided. */
async function sit({ page }: Person, of: (text: string) => 'Digit1' | 'Digit2') {
  await page.goto('/my-skills')
  await page.getByRole('button', { name: /^Start/ }).click()
  const over = page.getByText(/^(Passed|Not passed)$/)
  const question = page.getByText(/^Exam: question/)
  for (;;) {
    await question.or(over).first().waitFor()
    if (await over.isVisible()) return (await over.textContent()) ?? ''
    const asked = (await question.textContent()) ?? ''
    await page.locator('[role=group][data-spot]').first().waitFor()
    await page.keyboard.press(of(await page.locator('main').innerText()))
    await page.keyboard.press('Control+Enter')
    await question.filter({ hasNotText: asked }).or(over).first().waitFor()
  }
}

test('two pass the exam, one fails and is told when she may try again', async () => {
  expect(await sit(asha, honest)).toBe('Passed')
  expect(await sit(kabir, honest)).toBe('Passed')
  expect(await sit(zoya, (t) => (honest(t) === 'Digit1' ? 'Digit2' : 'Digit1'))).toBe('Not passed')
  const again = await zoya.page.evaluate(
    async (path) => (await fetch(`/api/v1${path}`, { method: 'POST' })).status,
    `/projects/${toneId}/exams/${toneReader}/start`,
  )
  expect(again).toBe(409)
})

test('Kabir goes offline with items in hand, works on, and all of it arrives', async () => {
  const { page, context } = kabir
  await page.goto('/work')
  await group(page).waitFor()
  await page.waitForTimeout(1500)
  await context.setOffline(true)
  const first = await answer(page, honest)
  await atNext(page, first)
  const second = await answer(page, honest)
  await page.locator('[role=status][data-state=offline]').waitFor()
  await context.setOffline(false)
  await page.locator('[role=status][data-state=saved]').waitFor()
  expect(first).not.toBe(second)
})

test('Asha and Zoya work off what they may; Zoya is told which certificate she lacks', async () => {
  // Zoya sees "Lake is water" as a person: a disagreement.
  const zoyas = await workOff(zoya.page, (text) => (/Lake/.test(text) ? 'Digit1' : honest(text)))
  await zoya.page.getByText(/A certificate is needed: Reading tone/).waitFor()
  expect(zoyas.some((name) => name.startsWith('notices'))).toBe(false)
  await Promise.all([workOff(asha.page, honest), workOff(kabir.page, honest)])
  const { counts } = await told<{ counts: { annotations: number } }>(
    lata,
    'GET',
    `/projects/${streetId}`,
  )
  expect(counts.annotations).toBe(10)
})

test('the reviewer returns one with a mark on its place; it comes first, marked, and is put right', async () => {
  const { page } = ravi
  await page.goto(`/projects/${streetId}/review`)
  await group(page).waitFor()
  const returned = await atWork(page)
  await page.keyboard.press('KeyM')
  const marking = page.getByRole('dialog')
  await marking.getByRole('textbox').fill('Look at the first word again')
  await marking.getByRole('button', { name: 'Put the mark' }).click()
  await page.getByText('Look at the first word again').waitFor()
  await page.getByRole('button', { name: /^Return/ }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('One place is marked')
  await page.getByRole('dialog').getByRole('button', { name: 'Return' }).click()
  for (let i = 0; i < 9; i++) {
    await group(page).waitFor()
    const sent = page.waitForResponse((r) => r.url().endsWith('/review') && r.ok())
    await page.keyboard.press('Control+Enter')
    await sent
  }
  await page.getByText('Nothing left to review').waitFor()
  // It comes to its author by itself: the empty bench is live.
  const marked = ({ page: theirs }: Person) => theirs.getByText('Look at the first word again')
  let author: Person | undefined
  await expect
    .poll(async () => {
      for (const person of [asha, kabir, zoya])
        if (await marked(person).first().isVisible()) author = person
      return author !== undefined
    })
    .toBe(true)
  if (!author) throw new Error('nobody has returned work')
  expect(await atWork(author.page)).toBe(returned)
  await author.page.getByText('One place is marked').waitFor()
  await author.page.keyboard.press('Control+Enter')
  await author.page.getByText('Nothing waits for you').waitFor()
  await page.goto(`/projects/${streetId}/review`)
  await group(page).waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText('Nothing left to review').waitFor()
})

test('what people disagree about is decided by somebody who did not say it', async () => {
  const { page } = lata
  await page.goto(`/projects/${streetId}/adjudicate`)
  await group(page).waitFor()
  expect(await textShown(page)).toMatch(/Lake is water/)
  expect(await page.getByText(/Zoya|Asha|Kabir/).count()).toBe(0)
  await page.keyboard.press('Digit2')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Nothing left to decide').waitFor()
  const { counts } = await told<{ counts: { done: number; items: number } }>(
    lata,
    'GET',
    `/projects/${streetId}`,
  )
  expect(counts).toMatchObject({ done: 5, items: 5 })
})

test('the lead sees the day on the board, the history of an item says who, when and why', async () => {
  const { page } = lata
  await page.goto('/board')
  await page.getByRole('heading', { name: 'People today' }).waitFor()
  const row = page.getByRole('row').filter({ hasText: 'Kabir Das' }).first()
  await row.waitFor()
  expect(await axe(page)).toEqual([])
  const csv = await page.context().request.get(`${program.url}/api/v1/board/tables/people`)
  expect((await csv.text()).replace('\ufeff', '')).toMatch(/^project,person,/)
  const { rows } = await told<{ rows: { itemId: string; key: string }[] }>(
    lata,
    'GET',
    `/projects/${streetId}/items`,
  )
  const lake = rows.find((r) => r.key === 'tuesday-2')
  const item = await told<{ history: { kind: string; by?: string }[] }>(
    lata,
    'GET',
    `/projects/${streetId}/items/${lake?.itemId}`,
  )
  expect(item.history.map((e) => e.kind)).toEqual(
    expect.arrayContaining([
      'imported',
      'leased',
      'submitted',
      'accepted',
      'to-adjudication',
      'adjudicated',
    ]),
  )
  expect(item.history.find((e) => e.kind === 'adjudicated')?.by).toBe('Lata Sen')
})

test('a finished batch is delivered', async () => {
  const { page } = lata
  const { rows } = await told<{ rows: { batchId: string; name: string }[] }>(
    lata,
    'GET',
    `/projects/${streetId}/batches`,
  )
  const monday = rows.find((b) => b.name === 'monday')
  await page.goto(`/projects/${streetId}/batches/${monday?.batchId}`)
  await page.getByRole('heading', { name: 'monday' }).waitFor()
  expect(await axe(page)).toEqual([])
  const moved = await told<{ state: string }>(
    lata,
    'POST',
    `/projects/${streetId}/batches/${monday?.batchId}/move`,
    { to: 'delivered' },
  )
  expect(moved.state).toBe('delivered')
  await expect
    .poll(async () =>
      (
        await told<{ deliveries: { state: string }[] }>(
          lata,
          'GET',
          `/projects/${streetId}/batches/${monday?.batchId}`,
        )
      ).deliveries.map((d) => d.state),
    )
    .toEqual(['done'])
  noTrouble(...everybody)
})
