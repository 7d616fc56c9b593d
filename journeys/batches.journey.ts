/**
 * Batches from the first to the last: two are made in the page, a file is imported into each, work is
 * done, one is moved by its menu and dragged, what was agreed stops its delivery until a reason is
 * given, and the delivery holds that batch alone. With KASAUTI_SHOTS=<folder> it leaves pictures.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axe, openBrowser, type Person, personAt } from './support/browser.ts'
import { told } from './support/deeds.ts'
import { foundHouse, type House, signIn } from './support/house.ts'
import { type Program, startProgram } from './support/program.ts'

const shots = process.env['KASAUTI_SHOTS']
if (shots) mkdirSync(shots, { recursive: true })

const topicOfText = {
  version: 1,
  inputs: [{ id: 'text', kind: 'text', config: {} }],
  fields: [
    {
      id: 'topic',
      kind: 'choice',
      title: { en: 'Topic', hi: 'विषय' },
      config: {
        mode: 'single',
        options: [
          { value: 'sports', title: { en: 'Sports', hi: 'खेल' } },
          { value: 'health', title: { en: 'Health', hi: 'स्वास्थ्य' } },
        ],
      },
    },
  ],
}

let program: Program
let browser: Browser
let house: House
let projectId: string
let lead: Person

beforeAll(async () => {
  program = await startProgram()
  browser = await openBrowser()
  house = await foundHouse(program.url, program.setupLink)
  const made = await house.client.call('project.create', {
    body: { name: 'समाचार', schema: topicOfText },
  })
  projectId = made.projectId
  lead = await personAt(browser, program.url)
  await signIn(lead, house.admin)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await program?.stop()
})

async function shoot(name: string): Promise<void> {
  if (!shots) return
  const { page } = lead
  await page.waitForLoadState('networkidle')
  for (const [locale, theme] of [
    ['en', 'light'],
    ['hi', 'dark'],
  ] as const) {
    await house.client.call('session.updateMe', { body: { preferences: { locale, theme } } })
    await page.reload()
    await page.locator('h1').first().waitFor()
    await page.waitForLoadState('networkidle')
    await page.screenshot({ path: join(shots, `${name}-${locale}-${theme}.png`) })
  }
  await house.client.call('session.updateMe', {
    body: { preferences: { locale: 'en', theme: 'light' } },
  })
  await page.reload()
  await page.locator('h1').first().waitFor()
}

const day = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10)

async function makeBatch(name: string, more: { due: string; accepted?: string }): Promise<string> {
  const { page } = lead
  await page.goto(`/projects/${projectId}/batches`)
  await page.getByRole('button', { name: 'New batch' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
  await dialog.getByLabel('Due date').fill(more.due)
  await dialog.getByRole('textbox', { name: 'Requester' }).fill('News desk')
  if (more.accepted) await dialog.getByLabel('Items accepted').fill(more.accepted)
  expect(await axe(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Make batch' }).click()
  await page.waitForURL(/\/batches\/bat_/)
  await page.getByRole('heading', { name, level: 1 }).waitFor()
  return /bat_[a-z0-9]+/.exec(page.url())?.[0] ?? ''
}

async function importInto(batchId: string | undefined, keys: readonly string[]): Promise<void> {
  const { page } = lead
  if (batchId === undefined) await page.goto(`/projects/${projectId}/import`)
  else {
    await page.goto(`/projects/${projectId}/batches/${batchId}`)
    await page.getByRole('button', { name: 'Import into it' }).click()
  }
  const choose = page.getByRole('button', { name: 'Choose a file' })
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), choose.click()])
  const rows = keys.map((id) => `${JSON.stringify({ id, text: `खबर ${id}` })}\n`).join('')
  await chooser.setFiles({
    name: `${keys[0]}.jsonl`,
    mimeType: 'application/x-ndjson',
    buffer: Buffer.from(rows),
  })
  const start = page.getByRole('button', { name: 'Start the import' })
  await start.and(page.locator(':enabled')).waitFor()
  await start.click()
  await page.waitForURL(/\/imports\/imp_/)
  const importId = /imp_[a-z0-9]+/.exec(page.url())?.[0]
  await expect
    .poll(() => told(lead, 'GET', `/projects/${projectId}/imports/${importId}`))
    .toMatchObject({ state: 'done', items: keys.length })
}

const card = (name: string) => lead.page.locator('.batch-card').filter({ hasText: name })
const lane = (title: string) => lead.page.getByRole('region', { name: new RegExp(`^${title}`) })

test('two batches are made, filled, worked on, moved and one of them is delivered', async () => {
  const { page } = lead
  const first = await makeBatch('जुलाई की ख़बरें', { due: day(3), accepted: '90' })
  const second = await makeBatch('August news', { due: day(40) })
  await importInto(first, ['j1', 'j2', 'j3'])
  await importInto(second, ['a1', 'a2'])
  await importInto(undefined, ['e1', 'e2', 'e3'])

  await page.goto(`/projects/${projectId}/batches`)
  await expect.poll(() => lane('Draft').locator('.batch-card').count()).toBe(2)
  expect(await card('August news').innerText()).toContain('0 of 2 items done')
  await card('जुलाई').getByRole('button', { name: /^Move/ }).press('Enter')
  await page.getByRole('menuitem', { name: 'Open: hand out work' }).press('Enter')
  await expect.poll(() => lane('Open').locator('.batch-card').count()).toBe(2)

  await card('August news').dragTo(lane('Open'))
  await expect.poll(() => lane('Open').locator('.batch-card').count()).toBe(3)
  await page.getByRole('button', { name: 'Undo' }).last().waitFor()
  expect(await axe(page)).toEqual([])

  const state = async (batchId: string) =>
    (await told<{ state: string }>(lead, 'GET', `/projects/${projectId}/batches/${batchId}`)).state
  expect(await state(second)).toBe('open')

  // What is due first is handed out first: the first three come from July.
  for (let n = 0; n < 3; n++) {
    const { rows } = await house.client.call('work.claim', { params: { projectId }, body: {} })
    const [work] = rows
    if (!work) throw new Error('no item')
    await house.client.call('work.submit', {
      params: { projectId, assignmentId: work.assignmentId },
      body: { activeMs: 1000, answers: { topic: 'sports' } },
    })
  }
  await page.goto(`/projects/${projectId}/batches/${first}`)
  await page.getByRole('heading', { name: 'Progress by day' }).waitFor()
  await expect.poll(() => page.locator('.batch-facts').innerText()).toMatch(/Annotated\s+3/i)
  expect(await axe(page)).toEqual([])
  await shoot('batch')

  await page.getByRole('button', { name: /^Move/ }).click()
  await page.getByRole('menuitem', { name: 'Deliver' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Not met').waitFor()
  await dialog.getByRole('textbox', { name: /^Why deliver/ }).fill('Wanted today')
  await dialog.getByRole('checkbox', { name: /^annotated/i }).check()
  expect(await axe(page)).toEqual([])
  if (shots) await page.screenshot({ path: join(shots, 'deliver.png') })
  await dialog.getByRole('button', { name: 'Deliver' }).click()
  await page.waitForURL(/\/deliveries\/dlv_/)
  const deliveryId = /dlv_[a-z0-9]+/.exec(page.url())?.[0] ?? ''
  await expect
    .poll(async () => {
      type Delivery = { manifest?: { items: number; batch: string } }
      const at = `/projects/${projectId}/deliveries/${deliveryId}`
      return (await told<Delivery>(lead, 'GET', at)).manifest
    })
    .toMatchObject({ items: 3, batch: 'जुलाई की ख़बरें' })
  expect(await state(first)).toBe('delivered')
  expect(lead.trouble).toEqual([])
}, 180_000)

test('the calendar is walked by its keys, and the board over all projects shows the same', async () => {
  const { page } = lead
  await page.goto(`/projects/${projectId}/batches?view=calendar`)
  const grid = page.getByRole('table', { name: /^Due dates in/ })
  await grid.locator('[tabindex="0"]').focus()
  for (let n = 0; n < 3; n++) await page.keyboard.press('ArrowRight')
  await page.getByRole('complementary').getByText('जुलाई की ख़बरें').waitFor()
  expect(await axe(page)).toEqual([])
  await shoot('calendar')
  await page.goto('/batches')
  await card('August news').getByText('समाचार').waitFor()
  expect(await axe(page)).toEqual([])
  await shoot('board')
  await page.goto('/batches?view=table')
  await page.getByRole('link', { name: 'August news' }).waitFor()
  expect(await axe(page)).toEqual([])
  await shoot('table')
  expect(lead.trouble).toEqual([])
}, 120_000)

test('items of everything else are moved into a batch from their table', async () => {
  const { page } = lead
  await page.goto(`/projects/${projectId}/items`)
  for (const key of ['e1', 'e2']) await page.getByRole('checkbox', { name: `Pick ${key}` }).check()
  await page.getByRole('button', { name: 'Move to batch' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Batch' }).click()
  await page.getByRole('option', { name: 'August news' }).click()
  await dialog.getByRole('button', { name: 'Move', exact: true }).click()
  await page.getByText('2 items moved to August news').waitFor()
  await expect.poll(() => page.getByRole('cell', { name: 'August news' }).count()).toBe(4)
  await shoot('items')
  expect(lead.trouble).toEqual([])
}, 60_000)
