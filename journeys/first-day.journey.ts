/**
 * The first day of a team: from the one-time link to a delivery, everything through the page. The
 * associate works in Hindi, in the dark theme, and never touches the mouse.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type Person, personAt } from './support/browser.ts'
import {
  acceptInvitation,
  becomeAdmin,
  importFile,
  inviteByPage,
  makeProject,
  noTrouble,
  openList,
} from './support/deeds.ts'
import { type Program, startProgram } from './support/program.ts'

const password = 'neem-pipal-bargad-7'
const who = {
  admin: { name: 'Meera Nair', email: 'meera@example.org', password },
  associate: { name: 'आशा देवी', email: 'asha@example.org', password },
  reviewer: { name: 'Ravi Iyer', email: 'ravi@example.org', password },
  lead: { name: 'Lata Sen', email: 'lata@example.org', password },
} as const

const texts = [
  'The bus came on time today.',
  'आज बस समय पर नहीं आई, फिर भी सब हँसते रहे।',
  'Kal ki baarish mein chhata bhool gaya 😅',
  'وصلت الحافلة متأخرة اليوم.',
  '"Quoted, with a comma"',
  '=1+1 is how a formula begins',
  'क्षत्रिय, ज्ञान, श्री: संयुक्ताक्षर',
  'The last one stays open.',
]
const key = (n: number) => `bus-${n}`
const csv = [
  'id,body',
  ...texts.map((text, i) => `${key(i + 1)},"${text.replaceAll('"', '""')}"`),
].join('\n')

type Given = { readonly label: 'yes' | 'no'; readonly clarity: number; readonly remark?: string }
/** What is in force at the end of the day, written down while the keys are pressed. */
const given = new Map<string, Given>()

let program: Program
let browser: Browser
const people: Person[] = []
let admin: Person
let projectId: string

beforeAll(async () => {
  program = await startProgram()
  browser = await openBrowser()
  admin = await newPerson()
})
afterAll(async () => {
  await browser?.close()
  await program?.stop()
})

async function newPerson(look = {}): Promise<Person> {
  const person = await personAt(browser, program.url, look)
  people.push(person)
  return person
}

/** Counts the keys, so that the day can tell what an item costs. */
function keyboard(page: Page) {
  let pressed = 0
  return {
    async press(...keys: readonly string[]) {
      for (const one of keys) {
        pressed++
        await page.keyboard.press(one)
      }
    },
    async type(text: string) {
      pressed += [...text].length
      await page.keyboard.insertText(text)
    },
    taken() {
      const n = pressed
      pressed = 0
      return n
    },
  }
}

/** Waits until the item is in view and can be answered. */
async function atItem(page: Page, itemKey: string) {
  await page.getByRole('banner').getByText(`/ ${itemKey}`, { exact: true }).waitFor()
  await page.getByRole('group').first().waitFor()
}
const saved = (page: Page) =>
  page
    .getByRole('status')
    .filter({ hasText: /^(saved|सहेजा गया)$/ })
    .waitFor()
const chosen = (page: Page, field: string, option: string | RegExp) =>
  page
    .getByRole('group', { name: field })
    .getByRole('radio', { name: option, checked: true })
    .waitFor()

/** Everything that ever looked like waiting since this was called. */
async function watchWaiting(page: Page) {
  await page.evaluate(() => {
    const seen: string[] = []
    Object.assign(globalThis, { seenWaiting: seen })
    new MutationObserver(() => {
      for (const el of document.querySelectorAll('[role=status][aria-label]'))
        seen.push(el.getAttribute('aria-label') ?? '')
    }).observe(document.body, { childList: true, subtree: true })
  })
  return () => page.evaluate(() => (globalThis as unknown as { seenWaiting: string[] }).seenWaiting)
}

test('the first admin comes by the one-time link and is offered sample projects', async () => {
  const { page } = admin
  await becomeAdmin(admin, program.setupLink, who.admin)
  await page.getByRole('checkbox', { name: 'Sentiment of Hinglish posts' }).waitFor()
  await page.getByRole('button', { name: /^Make \d sample projects$/ }).click()
  await page.getByRole('button', { name: /^Continue/ }).waitFor()
  const nav = page.getByRole('navigation', { name: 'Main' })
  expect(await nav.getByRole('link', { name: 'Sentiment of Hinglish posts' }).count()).toBe(1)
  // The link works once.
  const late = await newPerson()
  await late.page.goto(program.setupLink)
  await late.page
    .getByText(/used already or has expired|already/i)
    .first()
    .waitFor()
})

test('a project from scratch: fields are added, tried in the preview, and published', async () => {
  const { page } = admin
  projectId = await makeProject(admin, {
    template: 'Empty project',
    name: 'Bus stops',
    samples: false,
  })
  await page.goto(`/projects/${projectId}/schema`)
  const properties = page.getByRole('region', { name: 'Properties' })
  const addField = async (kind: string, en: string, hi: string, id: string) => {
    await page.getByRole('button', { name: 'Add a field' }).click()
    await page.getByRole('menuitem', { name: new RegExp(`^${kind}`) }).click()
    await properties.getByRole('heading', { name: kind, exact: true }).waitFor()
    const box = (name: string) => properties.getByRole('textbox', { name, exact: true })
    await box('Question · English').fill(en)
    await box('Question · हिन्दी').fill(hi)
    await box('Name in the data').fill(id)
  }
  await addField('Rating', 'How clear is it?', 'यह कितना साफ़ है?', 'clarity')
  await addField('Text', 'Remark', 'टिप्पणी', 'remark')
  await properties.getByRole('switch', { name: 'An answer is required' }).uncheck()

  const preview = page.getByRole('region', { name: 'Preview: try it' })
  await preview.getByRole('group', { name: 'Label' }).getByRole('radio', { name: /^No/ }).click()
  await preview.getByText('1 thing to answer or correct').waitFor()
  await preview.getByRole('group', { name: 'How clear is it?' }).getByRole('radio').nth(1).click()
  await preview.getByText('complete', { exact: true }).waitFor()
  await preview.getByText(/"label": "no",\s+"clarity": 2/).waitFor()

  await page.getByRole('button', { name: /^Publish/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Publish version 2' })
  await dialog.getByRole('textbox').fill('Clarity and a remark')
  await dialog.getByRole('button', { name: 'Publish' }).click()
  await page.getByText('Version 2 is in force', { exact: false }).first().waitFor()
})

test('every annotation is to be reviewed, and a file brings the items', async () => {
  const { page } = admin
  await page.goto(`/projects/${projectId}/workflow`)
  await page.getByRole('button', { name: 'Put in a stage' }).first().click()
  await page.getByRole('menuitem', { name: /^Review/ }).click()
  await page.getByRole('button', { name: /^Check and publish/ }).click()
  const publishing = page.getByRole('dialog', { name: 'Publish the workflow' })
  await publishing.getByText('Nothing: no work in flight is concerned.').waitFor()
  await publishing.getByRole('button', { name: /^Publish/ }).click()
  await page.getByText('The workflow is published.').waitFor()
  const run = await importFile(
    admin,
    projectId,
    { name: 'bus stops.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) },
    { key: 'id', mapping: { Text: 'body' } },
  )
  expect(run).toMatchObject({ state: 'done', items: texts.length, rejected: 0, duplicates: 0 })
})

let asha: Person
let ravi: Person
let lata: Person

test('three people come by links, each with a role', async () => {
  asha = await newPerson({ theme: 'dark', language: 'hi' })
  ravi = await newPerson()
  lata = await newPerson()
  const arrivals = [
    [asha, who.associate, 'Associate', 'hi'],
    [ravi, who.reviewer, 'Reviewer', 'en'],
    [lata, who.lead, 'Lead', 'en'],
  ] as const
  for (const [person, account, role, language] of arrivals) {
    const link = await inviteByPage(admin, projectId, { name: account.name, roles: [role] })
    await acceptInvitation(person, link, { ...account, language })
  }
  await admin.page.goto(`/projects/${projectId}/people`)
  for (const { name } of [who.associate, who.reviewer, who.lead])
    await admin.page.getByRole('cell', { name: new RegExp(name) }).waitFor()
  await asha.page.getByRole('heading', { name: /आशा/ }).waitFor()
  expect(await asha.page.locator('html').getAttribute('lang')).toBe('hi')
})

test('the associate labels by keys alone; the next item is there without waiting', async () => {
  const { page } = asha
  const keys = keyboard(page)
  const cost = new Map<string, number>()
  await page.getByRole('button', { name: /^आगे बढ़ें/ }).waitFor()
  await keys.press('Enter')
  await page.waitForURL('**/work')
  await atItem(page, key(1))
  keys.taken()
  const waiting = await watchWaiting(page)

  await keys.press('Digit1', 'Digit2')
  await keys.type('समय पर')
  await keys.press('Control+Enter')
  given.set(key(1), { label: 'yes', clarity: 2, remark: 'समय पर' })
  await atItem(page, key(2))
  cost.set('label, rating and six letters', keys.taken())

  // Undo and redo, one answer at a time.
  await keys.press('Digit2', 'Digit1')
  await keys.press('Escape', 'Control+KeyZ')
  await expect.poll(() => page.getByRole('radio', { checked: true }).count()).toBe(1)
  await keys.press('Control+Shift+KeyZ')
  await chosen(page, 'यह कितना साफ़ है?', /1/)
  await keys.press('Control+Enter')
  given.set(key(2), { label: 'no', clarity: 1 })
  await atItem(page, key(3))
  await saved(page)
  expect(await waiting()).toEqual([])

  // A draft outlives the page.
  await keys.press('Digit1')
  await chosen(page, 'लेबल', /हाँ/)
  await saved(page)
  await page.reload()
  await atItem(page, key(3))
  await chosen(page, 'लेबल', /हाँ/)
  keys.taken()
  await keys.press('Digit3', 'Control+Enter')
  given.set(key(3), { label: 'yes', clarity: 3 })

  // Skip with a reason.
  await atItem(page, key(4))
  keys.taken()
  await keys.press('KeyS')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio').first().waitFor()
  await keys.press('Digit2')
  await dialog.getByRole('radio', { name: 'टूटा हुआ या अपठनीय', checked: true }).waitFor()
  await keys.press('Control+Enter')
  await atItem(page, key(5))
  cost.set('skip with a reason', keys.taken())

  await keys.press('Digit1', 'Digit1', 'Control+Enter')
  await atItem(page, key(6))
  cost.set('label and rating', keys.taken())
  await saved(page)

  // Back to the last item, to change it.
  await keys.press('Alt+ArrowLeft')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: new RegExp(key(5)) })
    .waitFor()
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.textContent ?? ''))
    .toContain(key(5))
  await keys.press('Enter')
  await atItem(page, key(5))
  await chosen(page, 'लेबल', /हाँ/)
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await keys.press('Digit2')
  await chosen(page, 'लेबल', /नहीं/)
  await keys.press('Control+Enter')
  given.set(key(5), { label: 'no', clarity: 1 })
  await atItem(page, key(6))
  cost.set('go back and change one answer', keys.taken())

  for (const n of [6, 7]) {
    await atItem(page, key(n))
    await keys.press('Digit2', 'Digit3', 'Control+Enter')
    given.set(key(n), { label: 'no', clarity: 3 })
  }
  await atItem(page, key(8))
  await saved(page)
  for (const [what, n] of cost) console.log(`${what}: ${n} keys an item`)
  expect(cost.get('label and rating')).toBe(3)
  await page.goto('/')
})

test('the reviewer accepts one, fixes one and returns one with a note', async () => {
  const { page } = ravi
  const keys = keyboard(page)
  await page.goto('/')
  await page.getByRole('button', { name: /^Continue/ }).waitFor()
  await keys.press('Enter')
  await page.waitForURL('**/work')
  keys.taken()
  await atItem(page, key(1))
  expect(await page.getByRole('textbox', { name: 'Remark optional' }).inputValue()).toBe('समय पर')
  await keys.press('KeyA')
  console.log(`accept: ${keys.taken()} keys an item`)

  await atItem(page, key(2))
  await chosen(page, 'Label', /^No/)
  await keys.press('KeyF')
  await page.getByRole('button', { name: /^Submit the fix/ }).waitFor()
  await keys.press('Digit1')
  await chosen(page, 'Label', /^Yes/)
  await keys.press('Control+Enter')
  given.set(key(2), { label: 'yes', clarity: 1 })
  console.log(`fix one answer: ${keys.taken()} keys an item`)

  await atItem(page, key(3))
  await keys.press('KeyR')
  const dialog = page.getByRole('dialog', { name: 'Return with a note' })
  await dialog.getByRole('textbox').waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
  await keys.type('The rating is too high: see clause 2.1 <b>please</b>')
  await keys.press('Control+Enter')
  for (const n of [5, 6, 7]) {
    await atItem(page, key(n))
    await keys.press('KeyA')
  }
  await page.getByText(/Nothing left to review|Nothing waits for you/).waitFor()
  await saved(page)
})

test('returned work comes first, with its note; it is corrected and accepted', async () => {
  const { page } = asha
  const keys = keyboard(page)
  await page.goto('/')
  await page.getByText('The rating is too high: see clause 2.1 <b>please</b>').waitFor()
  await page.getByRole('button', { name: /^आगे बढ़ें/ }).waitFor()
  await keys.press('Enter')
  await atItem(page, key(3))
  await page.getByText('The rating is too high: see clause 2.1 <b>please</b>').waitFor()
  await chosen(page, 'यह कितना साफ़ है?', /3/)
  // Nothing is missing, so the focus is on the first field: down to the rating.
  await keys.press('ArrowDown', 'Digit2')
  await chosen(page, 'यह कितना साफ़ है?', /2/)
  await keys.press('Control+Enter')
  given.set(key(3), { label: 'yes', clarity: 2 })
  await atItem(page, key(8))
  await saved(page)

  // It appears on the reviewer's page by itself.
  await atItem(ravi.page, key(3))
  await ravi.page.keyboard.press('KeyA')
  await ravi.page.getByText(/Nothing left to review|Nothing waits for you/).waitFor()
  await saved(ravi.page)
})

test('the lead sees the numbers, finds items, and reads the history of one', async () => {
  const { page } = lata
  await page.goto(`/projects/${projectId}`)
  const count = async (state: string) => {
    const link = page.getByRole('link', { name: /^\d+$/ })
    const cells = await link.evaluateAll((links) =>
      links.map((l) => [l.parentElement?.nextElementSibling?.textContent, l.textContent]),
    )
    return Object.fromEntries(cells)[state]
  }
  await page.getByRole('link', { name: /^\d+$/ }).first().waitFor()
  expect(await count('accepted')).toBe('6')
  // What is broken leaves the work.
  expect(await count('skipped')).toBe('1')
  expect(await count('open')).toBe('1')
  expect(await count('returned')).toBe('0')
  // Submitted, accepted, ever returned, skipped.
  const row = page.getByRole('row', { name: new RegExp(who.associate.name) })
  await row.waitFor()
  expect((await row.getByRole('cell').allTextContents()).slice(1, 5)).toEqual(['6', '6', '1', '1'])
  const reviewed = page.getByRole('row', { name: new RegExp(who.reviewer.name) })
  await reviewed.waitFor()
  expect((await reviewed.getByRole('cell').allTextContents())[5]).toBe('7')

  const table = page.getByRole('table', { name: 'Items' })
  const keysShown = async () => {
    const rows = table.getByRole('row').filter({ hasText: 'bus-' })
    return rows.evaluateAll((all) =>
      all
        .toSorted((a, b) => Number(a.ariaRowIndex) - Number(b.ariaRowIndex))
        .map((r) => r.children[2]?.textContent),
    )
  }
  await page.goto(`/projects/${projectId}/items`)
  await expect.poll(keysShown).toHaveLength(8)
  await openList(lata, page.getByRole('combobox', { name: 'State', exact: true }))
  await page.getByRole('option', { name: 'accepted' }).click()
  await page.keyboard.press('Escape')
  await expect.poll(keysShown).toEqual([1, 2, 3, 5, 6, 7].map(key))
  await page.getByRole('columnheader', { name: /^Key/ }).getByRole('button').click()
  await page.getByRole('columnheader', { name: /^Key/ }).getByRole('button').click()
  await expect.poll(keysShown).toEqual([7, 6, 5, 3, 2, 1].map(key))
  await page.getByRole('textbox', { name: 'Search' }).fill('संयुक्ताक्षर')
  await expect.poll(keysShown).toEqual([key(7)])
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Save this view' }).click()
  const dialog = page.getByRole('dialog', { name: 'Save this view' })
  await dialog.getByRole('textbox', { name: 'Name of the view' }).fill('Conjuncts')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await expect.poll(keysShown).toHaveLength(8)
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Conjuncts', exact: true }).click()
  await expect.poll(keysShown).toEqual([key(7)])

  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await table
    .getByRole('row')
    .filter({ hasText: key(3) })
    .click()
  await page.getByRole('heading', { name: 'History' }).waitFor()
  const history = await page
    .getByRole('listitem')
    .filter({ hasText: / by / })
    .evaluateAll((all) => all.map((li) => [...li.children].map((part) => part.textContent ?? '')))
  const { associate, reviewer, admin: first } = who
  expect(history.map(([, step]) => step)).toEqual([
    `Imported by ${first.name}bus stops.csv`,
    `Taken up by ${associate.name}`,
    `Submitted by ${associate.name}`,
    expect.stringMatching(`^Returned by ${reviewer.name}The rating is too high`),
    `Submitted again by ${associate.name}`,
    `Accepted by ${reviewer.name}`,
  ])
  for (const [when] of history) expect(when).toMatch(/\d/)
})

type Manifest = {
  items: number
  annotations: number
  itemsByState: Record<string, number>
  schemaVersions: number[]
  madeBy: string
  files: { name: string; sha256: string; bytes: number; rows: number }[]
}

test('a delivery in three formats holds what was pressed, to the byte', async () => {
  const { page } = lata
  await page.goto(`/projects/${projectId}/deliveries`)
  await page.getByRole('textbox', { name: 'Name' }).fill('Day one')
  await page.getByRole('checkbox', { name: 'JSON, one document' }).check()
  await page.getByText('6 items', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Make the delivery' }).click()
  await page.getByRole('heading', { name: 'What is in it' }).waitFor()
  const fact = (name: string) =>
    page
      .getByRole('row', { name: new RegExp(`^${name} \\d`) })
      .getByRole('cell')
      .textContent()
  const download = async (name: string) => {
    const link = page.getByRole('link', { name, exact: true })
    const [got] = await Promise.all([page.waitForEvent('download'), link.click()])
    return readFile(await got.path())
  }
  const manifest: Manifest = JSON.parse(String(await download('Download the manifest')))
  expect(await fact('Items')).toBe(String(manifest.items))
  expect(await fact('Annotations')).toBe(String(manifest.annotations))
  expect(manifest).toMatchObject({
    items: 6,
    annotations: 6,
    itemsByState: { accepted: 6 },
    schemaVersions: [2],
    madeBy: who.lead.name,
  })
  expect(manifest.files).toHaveLength(3)
  const bytes = new Map<string, Buffer>()
  for (const file of manifest.files) {
    const body = await download(file.name)
    expect(body.length).toBe(file.bytes)
    expect(createHash('sha256').update(body).digest('hex')).toBe(file.sha256)
    await page.getByRole('button', { name: file.sha256 }).waitFor()
    bytes.set(file.name.split('.').at(-1) ?? '', body)
  }
  type Delivered = { key: string; annotations: { answers: unknown }[] }
  const json: Delivered[] = JSON.parse(String(bytes.get('json')))
  const jsonl: Delivered[] = String(bytes.get('jsonl'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(jsonl).toEqual(json)
  const answers = Object.fromEntries(json.map((item) => [item.key, item.annotations[0]?.answers]))
  expect(answers).toEqual(Object.fromEntries(given))

  const sheet = bytes.get('csv') ?? Buffer.alloc(0)
  expect([...sheet.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const lines = sheet.subarray(3).toString('utf8').trim().split(/\r?\n/)
  expect(lines).toHaveLength(7)
  expect(lines.find((line) => line.startsWith(key(1)))).toContain('समय पर')
  expect(lines.find((line) => line.startsWith(key(6)))).toContain("'=1+1")
})

test('nothing went wrong in any page', () => {
  noTrouble(...people)
  expect(program.output()).not.toMatch(/"level":(50|60)/)
})
