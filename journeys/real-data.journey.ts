/**
 * Real data, three associates, a reviewer, a delivery; what was pressed is what is delivered. Reads the
 * samples beside the project; they are not part of it, so without them the journeys here are skipped.
 */
import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { simpleWorkflow } from '@kasauti/core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, type Person, personAt } from './support/browser.ts'
import {
  acceptAll,
  allSaved,
  answerOnScreen,
  begin,
  type Delivered,
  deliver,
  keyOnScreen,
  promptOnScreen,
  submit,
} from './support/desk.ts'
import { type Account, addPerson, foundHouse, type House, signIn } from './support/house.ts'
import { type Program, startProgram } from './support/program.ts'

const samples = new URL('../../shared/samples/', import.meta.url).pathname
const sample = (name: string) => join(samples, name)
function readRows<T>(name: string): T[] {
  const lines = readFileSync(sample(name), 'utf8').trim().split('\n')
  return lines.map((line) => JSON.parse(line))
}

type Candidate = { readonly model: string; readonly text: string }
type AlpacaRow = { readonly prompt: string; readonly candidates: readonly Candidate[] }

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

/** A project from a template, filled by giving a file to its import page. */
async function projectWith(o: {
  readonly template: string
  readonly overlap: number
  readonly file: string
  readonly items: number
}) {
  const { template, overlap, file, items } = o
  const { projectId } = await house.client.call('project.create', {
    body: { name: `Real data: ${template}`, template },
  })
  const params = { projectId }
  const workflow = simpleWorkflow({ overlap, review: 'all' })
  await house.client.call('workflow.publish', { params, body: { workflow, basedOn: 1 } })
  const add = (name: string, role: 'associate' | 'reviewer' | 'lead') =>
    addPerson(house, `${name} ${template}`, [{ projectId, roles: [role] }])
  const associates = [
    await add('Asha Rao', 'associate'),
    await add('Kabir Das', 'associate'),
    await add('Zoya Khan', 'associate'),
  ]
  const reviewer = await open(await add('Ravi Iyer', 'reviewer'))
  const lead = await open(await add('Lata Sen', 'lead'))
  await lead.page.goto(`/projects/${projectId}/import`)
  await lead.page.getByTestId('import-file').setInputFiles(file)
  await lead.page.getByRole('button', { name: 'Start the import' }).click()
  await lead.page.getByRole('link', { name: 'See the items' }).waitFor()
  const { counts } = await house.client.call('project.get', { params })
  expect(counts?.items).toBe(items)
  /** All annotations accepted by the reviewer, delivered by the lead. */
  const finish = async (annotations: number, n: number) => {
    await acceptAll(reviewer.page, projectId, annotations)
    return deliver(lead.page, house.client, { projectId, items: n })
  }
  return { projectId, associates, finish }
}

/** Each associate works at the bench; `label` answers one item and returns what was pressed. */
async function workThrough<T>(
  o: { readonly associates: readonly Account[]; readonly each: number },
  label: (page: Page, at: { readonly who: number; readonly n: number }) => Promise<T>,
): Promise<{ key: string; pressed: T }[]> {
  const done = []
  for (const [who, account] of o.associates.entries()) {
    const { page } = await open(account)
    await begin(page)
    for (let n = 0; n < o.each; n++) {
      const key = await keyOnScreen(page)
      done.push({ key, pressed: await label(page, { who, n }) })
      await submit(page)
    }
    await allSaved(page)
  }
  return done
}

const letters = (text: string) => (text.match(/[\p{L}\p{N}]/gu) ?? []).join('').slice(0, 2000)
/** Share of words two texts have in common; Markdown and list numbers matter little to it. */
function alike(a: string, b: string): number {
  const words = (t: string) => new Set(t.toLowerCase().match(/[\p{L}\p{M}]{3,}/gu))
  const [x, y] = [words(a), words(b)]
  return x.intersection(y).size / Math.max(1, x.union(y).size)
}

async function rowOnScreen(page: Page, rows: readonly AlpacaRow[]): Promise<AlpacaRow> {
  const prompt = letters(await promptOnScreen(page))
  const row = rows.find((r) => letters(r.prompt) === prompt)
  if (!row) throw new Error(`whose prompt is this: ${prompt}`)
  return row
}

/** Whose answer stands under a letter: the one with most of its words. */
async function modelUnder(page: Page, slot: string, row: AlpacaRow): Promise<string> {
  const shown = await answerOnScreen(page, slot)
  const shares = row.candidates.map((c) => alike(c.text, shown))
  return row.candidates[shares.indexOf(Math.max(...shares))]?.model ?? ''
}

/** The model behind a canonical candidate id in a delivered item. */
function modelOf(item: Delivered, id: string): string | undefined {
  type Shown = { candidates?: { id: string; model?: string }[] }
  const inputs = Object.values(item.inputs) as Shown[]
  return inputs.flatMap((i) => i.candidates ?? []).find((c) => c.id === id)?.model
}
function itemOf(delivered: ReadonlyMap<string, Delivered>, key: string): Delivered {
  const item = delivered.get(key)
  if (!item) throw new Error(`not delivered: ${key}`)
  return item
}

describe.skipIf(!existsSync(samples))('three associates, a reviewer and a delivery', () => {
  test('a thousand Hindi sentences by topic: what was chosen is delivered', async () => {
    const { projectId, associates, finish } = await projectWith({
      template: 'topic-categories',
      overlap: 1,
      file: sample('text/hindi-pud.jsonl'),
      items: 1000,
    })
    const searches = ['राजनीति', 'khel', 'Science']
    const work = await workThrough({ associates, each: 3 }, async (page, { who, n }) => {
      const search = searches[(who + n) % 3] ?? ''
      await page.keyboard.press('1')
      const box = page.getByRole('combobox').or(page.getByRole('searchbox')).first()
      await box.pressSequentially(search)
      await page.getByRole('option').first().waitFor()
      await page.keyboard.press('Enter')
      await page.locator('[aria-selected=true], .kb-chosen').first().waitFor()
      return search
    })
    expect(new Set(work.map((w) => w.key)).size).toBe(9)
    const delivered = await finish(9, 9)
    const at = { projectId, name: 'topics', version: 1 }
    const { nodes } = await house.client.call('taxonomy.get', { params: at })
    const texts = new Set(readRows<{ text: string }>('text/hindi-pud.jsonl').map((r) => r.text))
    for (const { key, pressed } of work) {
      const item = itemOf(delivered, key)
      expect(item.state).toBe('accepted')
      expect(texts).toContain((item.inputs['text'] as { text: string }).text)
      const answers = item.annotations[0]?.answers as { usable: string; topic: { nodes: string[] } }
      expect(answers.usable).toBe('usable')
      const node = nodes.find((x) => x.id === answers.topic.nodes[0])
      const names = [node?.title.en, node?.title.hi, ...(node?.aliases ?? [])]
      expect(names.join(' ').toLowerCase()).toContain(pressed.toLowerCase())
    }
  })

  test('real conversations rated turn by turn: each rating is at its turn', async () => {
    const { associates, finish } = await projectWith({
      template: 'turn-quality',
      overlap: 1,
      file: sample('conversation/mt-bench-reference.jsonl'),
      items: 30,
    })
    const work = await workThrough({ associates, each: 2 }, async (page, { who, n }) => {
      const ratings = [((who + n) % 3) + 3, ((who + 2 * n) % 4) + 2]
      for (const key of [String(ratings[0]), 'j', String(ratings[1]), 'j', '1']) {
        await page.keyboard.press(key)
      }
      return ratings
    })
    const delivered = await finish(6, 6)
    for (const { key, pressed } of work) {
      const answers = Object.values(itemOf(delivered, key).annotations[0]?.answers ?? {})
      const perTurn = answers.filter((a) => typeof a === 'object') as Record<string, unknown>[]
      const rated = perTurn.find((a) => Object.values(a).every((v) => typeof v === 'number'))
      expect(Object.values(rated ?? {})).toEqual(pressed)
    }
  })

  test('blind pairs of real answers: balanced sides, no model on the page, the vote goes to who stood there', async () => {
    const rows = readRows<AlpacaRow>('conversation/alpaca-eval-3-models.jsonl').slice(0, 4)
    const pairs = rows.map((r) => ({ ...r, candidates: r.candidates.slice(0, 2) }))
    const file = join(program.dataDir, 'pairs.jsonl')
    await writeFile(file, pairs.map((r) => JSON.stringify(r)).join('\n'))
    const { associates, finish } = await projectWith({
      template: 'blind-pairs',
      overlap: 3,
      file,
      items: 4,
    })
    const received: Promise<string>[] = []
    const work = await workThrough({ associates, each: 4 }, async (page, { who, n }) => {
      if (n === 0) {
        page.on('response', (r) => {
          if (/\/api\/(?!v1\/events)/.test(r.url())) received.push(r.text().catch(() => ''))
        })
        await page.reload()
        await page.locator('[role=group][data-active]').first().waitFor()
      }
      const row = await rowOnScreen(page, pairs)
      const left = await modelUnder(page, 'A', row)
      const right = await modelUnder(page, 'B', row)
      expect(left).not.toBe(right)
      const [press, vote] = (
        [
          ['ArrowLeft', left],
          ['ArrowRight', right],
          ['3', 'both-bad'],
        ] as const
      )[(who + n) % 3] ?? ['3', 'both-bad']
      await page.keyboard.press(press)
      const why = page.getByRole('textbox').first()
      if (await why.isVisible()) await why.fill('Neither says what was asked.')
      return { left, vote }
    })
    const everything = (await Promise.all(received)).join('\n')
    expect(everything).toContain('"inputs"')
    for (const { model } of pairs.flatMap((r) => r.candidates)) {
      expect(everything).not.toContain(model)
    }
    const delivered = await finish(12, 4)
    for (const key of new Set(work.map((w) => w.key))) {
      const mine = work.filter((w) => w.key === key).map((w) => w.pressed)
      const lefts = mine.map((p) => p.left)
      expect([1, 2]).toContain(lefts.filter((m) => m === lefts[0]).length)
      const item = itemOf(delivered, key)
      const got = item.annotations.map((a) => {
        type Vote = { better?: string; tie?: string }
        const vote = Object.values(a.answers).find((v) => typeof v === 'object') as Vote
        return vote.tie ?? modelOf(item, vote.better ?? '')
      })
      expect(got.sort()).toEqual(mine.map((p) => p.vote).sort())
    }
  })

  test('rankings of three real answers: the order pressed is the order delivered', async () => {
    const rows = readRows<AlpacaRow>('conversation/alpaca-eval-3-models.jsonl')
    const { associates, finish } = await projectWith({
      template: 'rank-three',
      overlap: 1,
      file: sample('conversation/alpaca-eval-3-models.jsonl'),
      items: rows.length,
    })
    const work = await workThrough({ associates, each: 2 }, async (page, { n }) => {
      const row = await rowOnScreen(page, rows)
      const a = await modelUnder(page, 'A', row)
      const b = await modelUnder(page, 'B', row)
      const c = await modelUnder(page, 'C', row)
      expect(new Set([a, b, c]).size).toBe(3)
      const keys = n === 0 ? ['2', '1', '3'] : ['3', '1', 'Shift+Digit2']
      for (const key of keys) await page.keyboard.press(key)
      return n === 0 ? [[b], [a], [c]] : [[c], [a, b].sort()]
    })
    const delivered = await finish(6, 6)
    for (const { key, pressed } of work) {
      const item = itemOf(delivered, key)
      const answers = Object.values(item.annotations[0]?.answers ?? {})
      const order = answers.find(Array.isArray) as string[][]
      expect(order.map((tied) => tied.map((id) => modelOf(item, id)).sort())).toEqual(pressed)
    }
  })

  test('nobody met an error, a blocked script or a request to elsewhere', () => {
    expect(people.flatMap((p) => p.trouble)).toEqual([])
  })
})
