/**
 * Real data, three associates, a reviewer, a delivery; what was pressed is what is delivered. Reads the
 * samples beside the project; they are not part of it, so without them the journeys here are skipped.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, type Person, personAt } from './support/browser.ts'
import { type Account, addPerson, foundHouse, type House, signIn } from './support/house.ts'
import { type Program, startProgram } from './support/program.ts'

const samples = new URL('../../shared/samples/', import.meta.url).pathname
const sample = (name: string) => join(samples, name)
const readRows = (name: string) =>
  readFileSync(sample(name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

type Candidate = { model: string; text: string }
type AlpacaRow = { id: string; prompt: string; candidates: Candidate[] }

let program: Program
let browser: Browser
let house: House
const people: Person[] = []

beforeAll(async () => {
  if (!existsSync(samples)) return
  program = await startProgram()
  browser = await openBrowser()
  house = await foundHouse(program.url, program.setupLink)
})
afterAll(async () => {
  await browser?.close()
  await program?.stop()
})

async function open(who: Account): Promise<Person> {
  const person = await personAt(browser, program.url)
  people.push(person)
  await signIn(person, who)
  return person
}

/** A project from a template, filled by dropping a file on its import page. */
async function projectWith(o: {
  template: string
  name: string
  overlap: number
  file: string
  items: number
}) {
  const project = await house.client.call('project.create', {
    body: { name: o.name, template: o.template, sampleItems: false },
  })
  const { projectId } = project
  await house.client.call('project.update', {
    params: { projectId },
    body: { settings: { overlap: o.overlap, review: 'all' } },
  })
  const grant = (role: 'associate' | 'reviewer' | 'lead') => [{ projectId, roles: [role] }]
  const associates = []
  for (const name of ['Asha Rao', 'Kabir Das', 'Zoya Khan']) {
    associates.push(await addPerson(house, `${name} ${o.template}`, grant('associate')))
  }
  const reviewer = await addPerson(house, `Ravi Iyer ${o.template}`, grant('reviewer'))
  const lead = await open(await addPerson(house, `Lata Sen ${o.template}`, grant('lead')))
  await lead.page.goto(`/projects/${projectId}/import`)
  await lead.page.getByTestId('import-file').setInputFiles(o.file)
  await lead.page.getByRole('button', { name: 'Start the import' }).click()
  await lead.page.getByRole('link', { name: 'See the items' }).waitFor()
  const { counts } = await house.client.call('project.get', { params: { projectId } })
  expect(counts.items).toBe(o.items)
  return { projectId, associates, reviewer, lead }
}

const keyOnScreen = async (page: Page) =>
  ((await page.locator('header .clip').textContent()) ?? '').replace(/^\s*\/\s*/, '').trim()

/** Opens Today, presses Enter on Continue and is in the workbench. */
async function begin(page: Page): Promise<void> {
  await page.goto('/')
  await page
    .getByRole('button', { name: /^Continue/ })
    .or(page.getByRole('link', { name: /^Continue/ }))
    .waitFor()
  await page.keyboard.press('Enter')
  await ready(page)
}

/** The item's first field waits for keys. */
async function ready(page: Page): Promise<void> {
  await page.locator('[role=group][data-active]').first().waitFor()
}

/** Submits with the key and waits for another item, or for the end of the queue. */
async function submit(page: Page): Promise<void> {
  const before = await keyOnScreen(page)
  await page.keyboard.press('Control+Enter')
  await page.waitForFunction((key) => {
    const now = document.querySelector('header .clip')?.textContent ?? ''
    return !now.includes(key)
  }, before)
}

async function settle(page: Page): Promise<void> {
  await page.locator('[role=status][data-state=saved]').waitFor()
}

/** Accepts whatever waits, with the key, until nothing is left. */
async function acceptAll(who: Account, projectId: string, n: number): Promise<void> {
  const { page } = await open(who)
  await page.goto(`/projects/${projectId}/review`)
  await page.getByRole('button', { name: /^Accept/ }).waitFor()
  for (let i = 0; i < n; i++) await submit(page)
  await page.getByText('Nothing left to review').waitFor()
}

type Delivered = {
  key: string
  state: string
  inputs: Record<string, unknown>
  annotations: { author: string; answers: Record<string, unknown> }[]
}

/** Makes a delivery in the page, checks its manifest against the bytes and the screen, and reads it. */
async function deliver(lead: Person, projectId: string, items: number): Promise<Delivered[]> {
  const { page } = lead
  await page.goto(`/projects/${projectId}/deliveries`)
  await page.getByRole('textbox', { name: /^Name/ }).fill('First round')
  await page.getByText(`accepted: ${items}`, { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Make the delivery' }).click()
  await page.getByRole('link', { name: 'Download the manifest' }).waitFor()
  const { rows } = await house.client.call('delivery.list', { params: { projectId } })
  const delivery = rows[0]
  if (!delivery?.manifest) throw new Error('no manifest')
  expect(delivery.manifest.items).toBe(items)
  const body = new Map<string, Buffer>()
  for (const file of delivery.manifest.files) {
    const url = house.client.url('delivery.file', {
      params: { projectId, deliveryId: delivery.deliveryId, name: file.name },
    })
    const answer = await page.context().request.get(url)
    const bytes = await answer.body()
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256)
    body.set(file.format, bytes)
  }
  const lines = body.get('jsonl')?.toString('utf8').trim().split('\n') ?? []
  expect(lines).toHaveLength(items)
  return lines.map((line) => JSON.parse(line))
}

const byKey = (delivered: Delivered[]) => new Map(delivered.map((d) => [d.key, d]))
const letters = (text: string) => (text.match(/[\p{L}\p{N}]/gu) ?? []).join('').slice(0, 2000)

/** Which of the row's answers stands under a letter on the screen: the one whose words begin most alike. */
async function modelUnder(page: Page, slot: string, row: AlpacaRow): Promise<string> {
  const region = page.getByRole('region', { name: new RegExp(`\\b${slot}\\b`) })
  const shown = letters(
    await region.evaluate((section) =>
      [...section.children]
        .slice(1)
        .map((c) => c.textContent ?? '')
        .join(' '),
    ),
  )
  const alike = row.candidates.map((c) => commonPrefix(letters(c.text), shown))
  const best = alike.indexOf(Math.max(...alike))
  return row.candidates[best]?.model ?? ''
}
const commonPrefix = (a: string, b: string): number => {
  let n = 0
  while (n < a.length && a[n] === b[n]) n += 1
  return n
}

const candidateIds = (d: Delivered) =>
  (
    (d.inputs['conversation'] ?? Object.values(d.inputs)[0]) as {
      candidates: { id: string; model?: string }[]
    }
  ).candidates
const modelOf = (d: Delivered, id: string) => candidateIds(d).find((c) => c.id === id)?.model

describe.skipIf(!existsSync(samples))(
  'real data, three associates, a reviewer and a delivery',
  () => {
    test('a thousand Hindi sentences by topic: what was chosen is delivered', async () => {
      const { projectId, associates, reviewer, lead } = await projectWith({
        template: 'topic-categories',
        name: 'Hindi sentences',
        overlap: 1,
        file: sample('text/hindi-pud.jsonl'),
        items: 1000,
      })
      const pressed = new Map<string, string>()
      const searches = ['राजनीति', 'khel', 'Science']
      for (const [i, who] of associates.entries()) {
        const { page } = await open(who)
        await begin(page)
        for (let n = 0; n < 3; n++) {
          const key = await keyOnScreen(page)
          await page.keyboard.press('1')
          const search = page.getByRole('combobox').or(page.getByRole('searchbox')).first()
          await search.press('Control+a')
          await search.pressSequentially(searches[(i + n) % 3] ?? '')
          const first = page.getByRole('option').first()
          await first.waitFor()
          await page.keyboard.press('Enter')
          await page.waitForTimeout(100)
          pressed.set(key, searches[(i + n) % 3] ?? '')
          await submit(page)
        }
        await settle(page)
      }
      expect(pressed.size).toBe(9)
      await acceptAll(reviewer, projectId, 9)
      const delivered = byKey(await deliver(lead, projectId, 9))
      const { nodes } = await house.client.call('taxonomy.get', {
        params: { projectId, name: 'topics', version: 1 },
      })
      const source = new Map(readRows('text/hindi-pud.jsonl').map((r) => [r.text, r]))
      for (const [key, search] of pressed) {
        const item = delivered.get(key)
        expect(item?.state).toBe('accepted')
        expect(source.has((item?.inputs['text'] as { text: string }).text)).toBe(true)
        const answers = item?.annotations[0]?.answers as {
          usable: string
          topic: { nodes: string[] }
        }
        expect(answers.usable).toBe('usable')
        const node = nodes.find((x) => x.id === answers.topic.nodes[0])
        const words = [node?.title.en, node?.title.hi, ...(node?.aliases ?? [])]
          .join(' ')
          .toLowerCase()
        expect(words).toContain(search.toLowerCase())
      }
    })

    test('real conversations rated turn by turn', async () => {
      const { projectId, associates, reviewer, lead } = await projectWith({
        template: 'turn-quality',
        name: 'MT-Bench references',
        overlap: 1,
        file: sample('conversation/mt-bench-reference.jsonl'),
        items: 30,
      })
      const pressed = new Map<string, number[]>()
      for (const [i, who] of associates.entries()) {
        const { page } = await open(who)
        await begin(page)
        for (let n = 0; n < 2; n++) {
          const key = await keyOnScreen(page)
          const ratings = [((i + n) % 3) + 3, ((i + 2 * n) % 4) + 2]
          await page.keyboard.press(String(ratings[0]))
          await page.keyboard.press('j')
          await page.keyboard.press(String(ratings[1]))
          await page.keyboard.press('j')
          await page.keyboard.press('1')
          pressed.set(key, ratings)
          await submit(page)
        }
        await settle(page)
      }
      await acceptAll(reviewer, projectId, 6)
      const delivered = byKey(await deliver(lead, projectId, 6))
      for (const [key, ratings] of pressed) {
        const answers = delivered.get(key)?.annotations[0]?.answers as Record<
          string,
          Record<string, number>
        >
        const rated = Object.values(answers).find(
          (a) => typeof a === 'object' && Object.values(a).every((v) => typeof v === 'number'),
        )
        expect(Object.values(rated ?? {})).toEqual(ratings)
      }
    })

    test('blind pairs of real answers: sides balanced, models never on the page, the vote is for the model that stood there', async () => {
      const rows: AlpacaRow[] = readRows('conversation/alpaca-eval-3-models.jsonl').slice(0, 4)
      const pairs = rows.map((r) => ({ ...r, candidates: r.candidates.slice(0, 2) }))
      const file = join(program.dataDir, 'pairs.jsonl')
      await writeFile(file, pairs.map((r) => JSON.stringify(r)).join('\n'))
      const { projectId, associates, reviewer, lead } = await projectWith({
        template: 'blind-pairs',
        name: 'Real pairs',
        overlap: 3,
        file,
        items: 4,
      })
      const votes: { key: string; who: number; for: string; left: string }[] = []
      const byPrompt = new Map(pairs.map((r) => [letters(r.prompt), r]))
      for (const [i, who] of associates.entries()) {
        const person = await open(who)
        const { page } = person
        const seen: string[] = []
        page.on('response', async (r) => {
          if (r.url().includes('/api/')) seen.push(await r.text().catch(() => ''))
        })
        await begin(page)
        for (let n = 0; n < 4; n++) {
          const key = await keyOnScreen(page)
          const prompt = letters(
            (await page
              .locator('[data-role=user] > div')
              .first()
              .evaluate((d) =>
                [...d.children]
                  .slice(1)
                  .map((c) => c.textContent)
                  .join(' '),
              )) ?? '',
          )
          const row = byPrompt.get(prompt)
          if (!row) throw new Error(`whose prompt is this: ${prompt}`)
          const left = await modelUnder(page, 'A', row)
          const right = await modelUnder(page, 'B', row)
          expect(new Set([left, right]).size).toBe(2)
          const choice = (i + n) % 3
          await page.keyboard.press(choice === 0 ? 'ArrowLeft' : choice === 1 ? 'ArrowRight' : '3')
          votes.push({
            key,
            who: i,
            left,
            for: choice === 0 ? left : choice === 1 ? right : 'both-bad',
          })
          const wantsWhy = page.getByRole('textbox').first()
          if (await wantsWhy.isVisible().catch(() => false)) {
            await wantsWhy.fill('Neither says what was asked.')
            await page.keyboard.press('Escape')
          }
          await submit(page)
        }
        await settle(page)
        for (const c of pairs.flatMap((r) => r.candidates))
          expect(seen.join('\n')).not.toContain(c.model)
      }
      for (const key of new Set(votes.map((v) => v.key))) {
        const lefts = votes.filter((v) => v.key === key).map((v) => v.left)
        const counts = [...new Set(lefts)].map((m) => lefts.filter((l) => l === m).length)
        expect(counts.sort()).toEqual([1, 2])
      }
      await acceptAll(reviewer, projectId, 12)
      const delivered = byKey(await deliver(lead, projectId, 4))
      for (const key of new Set(votes.map((v) => v.key))) {
        const item = delivered.get(key)
        if (!item) throw new Error(`not delivered: ${key}`)
        const got = item.annotations.map((a) => {
          const vote = Object.values(a.answers).find((v) => typeof v === 'object') as {
            better?: string
            tie?: string
          }
          return vote.tie ?? modelOf(item, vote.better ?? '')
        })
        expect(got.sort()).toEqual(
          votes
            .filter((v) => v.key === key)
            .map((v) => v.for)
            .sort(),
        )
      }
    })

    test('rankings of three real answers: the order pressed is the order delivered', async () => {
      const rows: AlpacaRow[] = readRows('conversation/alpaca-eval-3-models.jsonl')
      const { projectId, associates, reviewer, lead } = await projectWith({
        template: 'rank-three',
        name: 'Three answers',
        overlap: 1,
        file: sample('conversation/alpaca-eval-3-models.jsonl'),
        items: rows.length,
      })
      const byPrompt = new Map(rows.map((r) => [letters(r.prompt), r]))
      const pressed = new Map<string, string[][]>()
      for (const who of associates) {
        const { page } = await open(who)
        await begin(page)
        for (let n = 0; n < 2; n++) {
          const key = await keyOnScreen(page)
          const prompt = letters(
            (await page
              .locator('[data-role=user] > div')
              .first()
              .evaluate((d) =>
                [...d.children]
                  .slice(1)
                  .map((c) => c.textContent)
                  .join(' '),
              )) ?? '',
          )
          const row = byPrompt.get(prompt)
          if (!row) throw new Error(`whose prompt is this: ${prompt}`)
          const [a, b, c] = [
            await modelUnder(page, 'A', row),
            await modelUnder(page, 'B', row),
            await modelUnder(page, 'C', row),
          ]
          if (n === 0) {
            for (const k of ['2', '1', '3']) await page.keyboard.press(k)
            pressed.set(key, [[b], [a], [c]])
          } else {
            await page.keyboard.press('3')
            await page.keyboard.press('1')
            await page.keyboard.press('Shift+Digit2')
            pressed.set(key, [[c], [a, b].sort()])
          }
          const optional = page.getByText('An answer is needed here.')
          await submit(page)
          expect(await optional.count()).toBe(0)
        }
        await settle(page)
      }
      await acceptAll(reviewer, projectId, 6)
      const delivered = byKey(await deliver(lead, projectId, 6))
      for (const [key, order] of pressed) {
        const item = delivered.get(key)
        if (!item) throw new Error(`not delivered: ${key}`)
        const answer = Object.values(item.annotations[0]?.answers ?? {}).find(
          Array.isArray,
        ) as string[][]
        const got = answer.map((g) => g.map((id) => modelOf(item, id) ?? '').sort())
        if (!order.flat().includes('')) expect(got).toEqual(order)
        expect(got.flat()).toHaveLength(3)
      }
    })

    test('nobody met an error, a blocked script or a request to elsewhere', () => {
      expect(people.flatMap((p) => p.trouble)).toEqual([])
    })
  },
)
