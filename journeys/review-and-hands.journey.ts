/**
 * What hands do beside digits: fixing in review, returned work, two browsers on one item, an input
 * method, dragging, keys bound anew, signing out with work unsent.
 */
import { simpleWorkflow } from '@kasauti/core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type Person, personAt } from './support/browser.ts'
import { noTrouble, told } from './support/deeds.ts'
import { type Account, addPerson, foundHouse, type House, signIn } from './support/house.ts'
import { type Program, startProgram } from './support/program.ts'

let program: Program
let browser: Browser
let house: House
let toneId: string
let rankId: string
let qualityId: string
let ravi: Person
let asha: Person
let ashaAccount: Account
const people: Person[] = []

const option = (value: string, hi: string) => ({ value, title: { en: value, hi } })
const schema = {
  inputs: [{ id: 'text', kind: 'text' }],
  fields: [
    {
      id: 'tone',
      kind: 'choice',
      title: { en: 'Tone', hi: 'लहजा' },
      config: { options: [option('warm', 'गर्मजोश'), option('cold', 'रूखा')] },
    },
    {
      id: 'why',
      kind: 'text',
      required: false,
      title: { en: 'Why', hi: 'क्यों' },
      config: { lines: 'one' },
    },
  ],
}

async function person(account: Account): Promise<Person> {
  const made = await personAt(browser, program.url)
  await signIn(made, account)
  people.push(made)
  return made
}

async function ashaId(): Promise<string> {
  const { rows } = await house.client.call('user.list', { query: { search: 'Asha' } })
  return rows[0]?.userId ?? ''
}

beforeAll(async () => {
  program = await startProgram()
  browser = await openBrowser()
  house = await foundHouse(program.url, program.setupLink)
  const tone = await house.client.call('project.create', { body: { name: 'Tone', schema } })
  const rank = await house.client.call('project.create', {
    body: { name: 'Order', template: 'rank-three', sampleItems: true },
  })
  const quality = await house.client.call('project.create', {
    body: { name: 'Quality', template: 'turn-quality', sampleItems: true },
  })
  toneId = tone.projectId
  qualityId = quality.projectId
  rankId = rank.projectId
  await house.client.call('workflow.publish', {
    params: { projectId: toneId },
    body: { workflow: simpleWorkflow({ overlap: 3, review: 'all' }), basedOn: 1 },
  })
  ashaAccount = await addPerson(house, 'Asha Rao', [
    { projectId: toneId, roles: ['associate'] },
    { projectId: rankId, roles: ['associate'] },
    { projectId: qualityId, roles: ['associate'] },
  ])
  const raviAccount = await addPerson(house, 'Ravi Iyer', [
    { projectId: toneId, roles: ['reviewer'] },
    { projectId: rankId, roles: ['reviewer'] },
  ])
  asha = await person(ashaAccount)
  ravi = await person(raviAccount)
  await importRows(await person(house.admin), toneId)
})
afterAll(async () => {
  await browser?.close()
  await program?.stop()
})

async function importRows(admin: Person, projectId: string): Promise<void> {
  const lines = Array.from({ length: 12 }, (_, i) =>
    JSON.stringify({ key: `row-${i + 1}`, text: `Line ${i + 1}: क़िताब किताब عربي 😅` }),
  )
  const uploaded = await admin.page.evaluate(
    async ([to, body]) => {
      const answer = await fetch(`/api/v1/projects/${to}/uploads?fileName=rows.jsonl`, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: body ?? '',
      })
      return (await answer.json()) as { uploadId: string }
    },
    [projectId, lines.join('\n')],
  )
  await told(admin, 'POST', `/projects/${projectId}/imports`, {
    uploadId: uploaded.uploadId,
    mapping: { key: 'key', inputs: { text: { column: 'text' } } },
  })
  for (;;) {
    const { counts } = await told<Project>(admin, 'GET', `/projects/${projectId}`)
    if (counts.items === 12) return
    await admin.page.waitForTimeout(100)
  }
}
type Project = { readonly counts: { readonly items: number; readonly accepted: number } }
type Revision = { readonly reason: string; readonly answers: Readonly<Record<string, unknown>> }
type Items = { readonly rows: readonly { readonly itemId: string; readonly key: string }[] }
type Item = {
  readonly itemId: string
  readonly annotations: readonly {
    readonly state: string
    readonly revisions: readonly Revision[]
  }[]
}

/** The item of a key, as the reviewer sees it. */
async function itemOf(key: string): Promise<Item> {
  const filter = encodeURIComponent(JSON.stringify({ search: key }))
  const { rows } = await told<Items>(ravi, 'GET', `/projects/${toneId}/items?filter=${filter}`)
  const row = rows.find((r) => r.key === key)
  if (!row) throw new Error(`no item ${key}`)
  return told<Item>(ravi, 'GET', `/projects/${toneId}/items/${row.itemId}`)
}
const lastOf = async (key: string) => {
  const annotation = (await itemOf(key)).annotations[0]
  return { state: annotation?.state, ...annotation?.revisions.at(-1) }
}

async function openBench(who: Person, projectId: string, stage: 'work' | 'review' = 'work') {
  await who.page.goto(`/projects/${projectId}/${stage}`)
  await who.page.locator('.wb-item:visible').waitFor()
}
/** The item in view: there may be the next one behind it, out of sight. */
const inView = (page: Page) => page.locator('.wb-item:visible')
const saved = (page: Page) => page.locator('.wb-save[data-state=saved]').waitFor()
const keyInView = async (page: Page) =>
  ((await page.locator('.wb-place .sub').textContent()) ?? '').replace('/', '').trim()

/** Labels what is in view; gives its key. */
async function label(who: Person, digit: '1' | '2'): Promise<string> {
  const key = await keyInView(who.page)
  await who.page.keyboard.press(digit)
  await who.page.keyboard.press('Control+Enter')
  await expect.poll(() => keyInView(who.page)).not.toBe(key)
  await saved(who.page)
  return key
}

let fixedKey: string
test('a reviewer fixes an answer with F and sends it with the submit key', async () => {
  await openBench(asha, toneId)
  await expect.poll(() => asha.page.locator('.wb-done').textContent()).toBe('0 of 12')
  fixedKey = await label(asha, '1')
  await expect.poll(() => asha.page.locator('.wb-done').textContent()).toBe('1 of 12')
  await openBench(ravi, toneId, 'review')
  const { page } = ravi
  await page.keyboard.press('2')
  await expect
    .poll(() => inView(page).getByRole('radio', { name: /warm/ }).getAttribute('aria-checked'))
    .toBe('true')
  await page.keyboard.press('f')
  await page.getByRole('button', { name: /^Submit the fix/ }).waitFor()
  await page.keyboard.press('2')
  await page.keyboard.press('Control+Enter')
  await expect
    .poll(() => lastOf(fixedKey))
    .toMatchObject({ state: 'accepted', reason: 'fixed', answers: { tone: 'cold' } })
})

test('the item page tells what the fix changed', async () => {
  const { page } = ravi
  const { itemId } = await itemOf(fixedKey)
  await page.goto(`/projects/${toneId}/items/${itemId}`)
  await expect.poll(() => page.locator('.changes del').textContent()).toBe('warm')
  expect(await page.locator('.changes ins').textContent()).toBe('cold')
  await expect
    .poll(() => page.locator('.answers-table tbody td').first().textContent())
    .toBe('cold')
})

test('returned work comes first, with the note, and goes back for review', async () => {
  await openBench(asha, toneId)
  const key = await label(asha, '1')
  await openBench(ravi, toneId, 'review')
  await ravi.page.keyboard.press('r')
  await ravi.page.getByRole('textbox', { name: /What should be changed/ }).fill('पढ़कर देखिए 🙂')
  await ravi.page.keyboard.press('Control+Enter')
  await ravi.page.getByText('Nothing left to review').waitFor()
  await openBench(asha, toneId)
  await expect.poll(() => keyInView(asha.page)).toBe(key)
  await inView(asha.page).getByText('पढ़कर देखिए 🙂').waitFor()
  await label(asha, '2')
  await expect
    .poll(() => lastOf(key))
    .toMatchObject({ state: 'submitted', reason: 'resubmitted', answers: { tone: 'cold' } })
})

test('F2 opens the instructions, and F2 closes them', async () => {
  await openBench(asha, toneId)
  await asha.page.keyboard.press('F2')
  await asha.page.getByRole('dialog').waitFor()
  await asha.page.keyboard.press('F2')
  await asha.page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('two browsers on one item: nobody’s answer is overwritten', async () => {
  const other = await person(ashaAccount)
  await openBench(asha, toneId)
  await openBench(other, toneId)
  const key = await keyInView(asha.page)
  expect(await keyInView(other.page)).toBe(key)
  await asha.page.keyboard.press('1')
  await expect.poll(() => draftOf(asha)).toMatchObject({ tone: 'warm' })
  await other.page.keyboard.press('2')
  const dialog = other.page.getByRole('dialog')
  await dialog.getByText('cold', { exact: true }).waitFor()
  await dialog.getByText('warm', { exact: true }).waitFor()
  await dialog.getByRole('button', { name: 'Keep what is here' }).click()
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => draftOf(asha)).toMatchObject({ tone: 'cold' })
  await asha.page.keyboard.press('1')
  const mine = asha.page.getByRole('dialog')
  await mine.getByRole('button', { name: 'Take the other one' }).click()
  await expect
    .poll(() => inView(asha.page).getByRole('radio', { name: /cold/ }).getAttribute('aria-checked'))
    .toBe('true')
  await other.context.close()
})

type Claimed = { readonly rows: readonly { readonly answers: Readonly<Record<string, unknown>> }[] }
/** What the server holds of the item in front. */
const draftOf = async (who: Person) =>
  (await told<Claimed>(who, 'POST', `/projects/${toneId}/claim`, { count: 1 })).rows[0]?.answers

test('an input method composes without keys leaking out of it', async () => {
  const { page } = asha
  await openBench(asha, toneId)
  const key = await keyInView(page)
  await page.keyboard.press('1')
  const box = inView(page).getByRole('textbox')
  await box.focus()
  const hands = await asha.context.newCDPSession(page)
  await hands.send('Input.imeSetComposition', { text: 'न', selectionStart: 1, selectionEnd: 1 })
  await hands.send('Input.imeSetComposition', { text: 'नम', selectionStart: 2, selectionEnd: 2 })
  const composing = {
    type: 'rawKeyDown',
    code: 'Digit2',
    key: 'Process',
    windowsVirtualKeyCode: 229,
  } as const
  await hands.send('Input.dispatchKeyEvent', composing)
  await hands.send('Input.dispatchKeyEvent', { ...composing, code: 'Enter', modifiers: 2 })
  await hands.send('Input.insertText', { text: 'नमस्ते' })
  await expect.poll(() => box.inputValue()).toBe('नमस्ते')
  expect(await keyInView(page)).toBe(key)
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => lastOf(key)).toMatchObject({ answers: { tone: 'warm', why: 'नमस्ते' } })
})

test('answers are ranked by dragging, ties too', async () => {
  const { page } = asha
  await openBench(asha, rankId)
  const ranking = inView(page)
    .getByRole('group', { name: /^Order, best first/ })
    .locator('.kb-ranking')
  const chip = (slot: string) =>
    ranking
      .getByRole('button', { name: slot, exact: false })
      .filter({ hasText: new RegExp(`^${slot}`) })
  const ranks = () =>
    ranking
      .locator('.kb-rank')
      .evaluateAll((all) =>
        all.map((rank) =>
          [...rank.querySelectorAll('.kb-chip')]
            .map((c) => c.textContent?.trim().charAt(0))
            .join('='),
        ),
      )
  await chip('B').dragTo(ranking.locator('.kb-rank').first())
  await expect.poll(ranks).toEqual(['B', ''])
  await chip('A').dragTo(ranking.locator('.kb-rank').last())
  await expect.poll(ranks).toEqual(['B', 'A', ''])
  await chip('C').dragTo(ranking.locator('.kb-rank').first())
  await expect.poll(ranks).toEqual(['B=C', 'A'])
  await chip('A').dragTo(ranking.locator('.kb-gap').first())
  await expect.poll(ranks).toEqual(['A', 'B=C'])
  const shown = await page.locator('.wb-item:visible .kb-mark').allTextContents()
  expect(shown).toHaveLength(3)
  await saved(page)
})

test('a field that was not active takes the first click, though it grows when it has the focus', async () => {
  const { page } = asha
  await openBench(asha, qualityId)
  const fields = inView(page).locator('.wb-field')
  const last = fields.nth((await fields.count()) - 1)
  expect(await last.getAttribute('data-active')).toBeNull()
  const level = last.getByRole('radio').nth(1)
  await level.click()
  await expect.poll(() => level.getAttribute('aria-checked')).toBe('true')
  await saved(page)
})

test('a field that an answer brings up is the active one at once', async () => {
  const { projectId } = await house.client.call('project.create', {
    body: { name: 'Pairs', template: 'blind-pairs', sampleItems: true },
  })
  await house.client.call('member.set', {
    params: { projectId, userId: await ashaId() },
    body: { roles: ['associate'] },
  })
  const { page } = asha
  await openBench(asha, projectId)
  await page.keyboard.press('ArrowRight')
  const reason = inView(page).locator('.wb-field').nth(1)
  await expect.poll(() => reason.getAttribute('data-active')).toBe('true')
  await page.keyboard.type('clearer')
  await expect.poll(() => reason.getByRole('textbox').inputValue()).toBe('clearer')
  await saved(page)
})

test('a key bound anew stands in the bottom bar and works; keys that answer are refused', async () => {
  const { page } = asha
  const bind = async (key: string) => {
    await page
      .getByRole('button', { name: 'Change the key of: Submit and go to the next item' })
      .click()
    await page.getByText(/^press a key/).waitFor()
    await page.keyboard.press(key)
  }
  await page.goto('/account')
  await bind('1')
  await page.getByText(/^1 answers fields in the workbench/).waitFor()
  await bind('F9')
  await page.locator('kbd', { hasText: 'F9' }).waitFor()
  await openBench(asha, toneId)
  await page.locator('.wb-keys kbd', { hasText: 'F9' }).waitFor()
  const key = await keyInView(page)
  await page.keyboard.press('2')
  await page.keyboard.press('F9')
  await expect.poll(() => lastOf(key)).toMatchObject({ answers: { tone: 'cold' } })
})

test('signing out sends what waits, and asks before it would be lost', async () => {
  const { page, context } = asha
  await openBench(asha, toneId)
  const key = await keyInView(page)
  await page.getByRole('link', { name: 'कसौटी' }).click()
  const menu = page.getByRole('button', { name: /Asha Rao/ })
  await menu.waitFor()
  await page.goBack()
  await inView(page).waitFor()
  await context.setOffline(true)
  await page.keyboard.press('1')
  await page.keyboard.press('F9')
  await expect.poll(() => keyInView(page)).not.toBe(key)
  await page.getByRole('link', { name: 'कसौटी' }).click()
  await menu.click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page
    .getByRole('dialog')
    .getByText(/^The answers of 1 item could not be sent/)
    .waitFor()
  await page.getByRole('button', { name: 'Stay signed in' }).click()
  await context.setOffline(false)
  await menu.click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.waitForURL(/\/sign-in/)
  expect(await lastOf(key)).toMatchObject({ answers: { tone: 'warm' } })
  const kept = await page.evaluate(() =>
    Object.keys(localStorage).filter((k) => k.includes('recent')),
  )
  expect(kept).toEqual([])
})

test('a project without items says so, and the first item appears by itself', async () => {
  const { projectId } = await house.client.call('project.create', {
    body: { name: 'Empty yet', schema },
  })
  const admin = await person(house.admin)
  await admin.page.goto(`/projects/${projectId}/work`)
  await admin.page.getByText('No items yet').waitFor()
  const [file] = await Promise.all([
    person(house.admin),
    admin.page.getByRole('link', { name: 'Import a file' }).waitFor(),
  ])
  await importRows(file, projectId)
  await inView(admin.page).waitFor()
})

test('a project without review says so, and nobody is led there', async () => {
  const { page } = ravi
  await page.goto(`/projects/${rankId}`)
  const nav = page.getByRole('navigation').first()
  await nav.getByRole('link', { name: 'Items' }).waitFor()
  await expect.poll(() => nav.getByRole('link', { name: 'Review' }).count()).toBe(0)
  await page.goto(`/projects/${rankId}/review`)
  await page.getByText('This project does not review').waitFor()
  expect(await page.getByRole('link', { name: 'Open the workflow' }).count()).toBe(0)
  const refused: string[] = []
  page.on('console', (m) => {
    if (m.type() === 'error') refused.push(m.text())
  })
  await page.goto(`/projects/${rankId}/settings`)
  await page.getByRole('heading', { name: 'Your role does not open this screen' }).waitFor()
  expect(refused).toEqual([])
  noTrouble(...people)
})
