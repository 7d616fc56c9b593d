/**
 * Every screen in both languages, light and dark: no violation of WCAG 2.2 AA, no blocked script, no
 * request to elsewhere, nothing untranslated. With KASAUTI_SHOTS=<folder> it leaves pictures to look at.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axe, type Look, openBrowser, type Person, personAt } from './support/browser.ts'
import { addPerson, foundHouse, type House, signIn } from './support/house.ts'
import { type Program, startProgram } from './support/program.ts'

const shots = process.env['KASAUTI_SHOTS']
if (shots) mkdirSync(shots, { recursive: true })

let program: Program
let browser: Browser
let house: House
/** Name of a screen -> its address. */
const screens = new Map<string, string>()

beforeAll(async () => {
  program = await startProgram()
  browser = await openBrowser()
  house = await foundHouse(program.url, program.setupLink)
  for (const template of [
    'blind-pairs',
    'rank-three',
    'turn-quality',
    'topic-categories',
    'sentiment-hinglish',
  ]) {
    const { projectId } = await house.client.call('project.create', {
      body: { name: template, template, sampleItems: true },
    })
    screens.set(`label-${template}`, `/projects/${projectId}/work`)
    if (template === 'sentiment-hinglish') await fill(projectId)
  }
  for (const [name, path] of [
    ['today', '/'],
    ['projects', '/projects'],
    ['new-project', '/projects/new'],
    ['account', '/account'],
    ['people-of-all', '/admin/people'],
    ['holidays', '/admin/holidays'],
    ['system', '/admin/system'],
    ['board-of-all', '/board'],
    ['batches-of-all', '/batches'],
    ['skills', '/skills'],
    ['my-skills', '/my-skills'],
    ['queue', '/work'],
    ['not-found', '/nowhere'],
  ] as const) {
    screens.set(name, path)
  }
})
afterAll(async () => {
  await browser?.close()
  await program?.stop()
})

/** Work in the project, so that its screens have something to show: labels, a review, a delivery. */
async function fill(projectId: string): Promise<void> {
  const { client } = house
  const params = { projectId }
  await addPerson(house, 'Asha Rao', [{ projectId, roles: ['associate'] }])
  for (const sentiment of ['positive', 'negative', 'mixed']) {
    const { rows } = await client.call('work.claim', { params, body: {} })
    const work = rows[0]
    if (!work) throw new Error('no item')
    const at = { projectId, assignmentId: work.assignmentId }
    await client.call('work.submit', {
      params: at,
      body: { activeMs: 1000, answers: { sentiment, mixing: 2 } },
    })
  }
  const { rows: items } = await client.call('item.list', { params, query: { limit: 1 } })
  const item = items[0]
  if (!item) throw new Error('no items')
  await client.call('delivery.create', {
    params,
    body: { name: 'Sample', formats: ['jsonl', 'csv'], states: ['annotated', 'open'] },
  })
  await fillEngine(projectId)
  const base = `/projects/${projectId}`
  for (const part of [
    'items',
    'import',
    'schema',
    'people',
    'deliveries',
    'settings',
    'review',
    'adjudicate',
    'board',
    'batches',
    'in-hand',
    'workflow',
    'gold',
    'my-gold',
    'training',
    'time',
    'appeals',
  ]) {
    screens.set(part, `${base}/${part}`)
  }
  screens.set('overview', base)
  screens.set('item', `${base}/items/${item.itemId}`)
}

/** A whole workflow, gold of two kinds, an exam, a batch with a due date and work in somebody's hands. */
async function fillEngine(projectId: string): Promise<void> {
  const { client } = house
  const params = { projectId }
  const { rows } = await client.call('item.list', { params, query: { limit: 20 } })
  const last = rows.slice(-6)
  const { batchId } = await client.call('batch.create', {
    params,
    body: {
      name: 'Reviews of the week',
      requester: 'Editorial desk',
      dueAt: new Date(Date.now() + 5 * 86_400_000).toISOString(),
      priority: 'high',
      state: 'open',
      criteria: { minDone: 1 },
    },
  })
  await client.call('batch.addItems', {
    params: { projectId, batchId },
    body: { itemIds: last.slice(0, 4).map((r) => r.itemId) },
  })
  for (const [i, use] of (['hidden', 'training'] as const).entries()) {
    const itemId = last[4 + i]?.itemId
    if (itemId)
      await client.call('gold.create', {
        params,
        body: {
          itemId,
          use,
          answers: { sentiment: 'positive', mixing: 3 },
          explanation: { en: 'Praise without a but.', hi: 'बिना किसी "पर" के तारीफ़।' },
        },
      })
  }
  const { skillId } = await client.call('skill.create', {
    body: { name: 'hinglish', title: { en: 'Reading Hinglish', hi: 'हिंग्लिश पढ़ना' } },
  })
  await client.call('exam.create', {
    params,
    body: {
      skillId,
      title: 'Hinglish: entry',
      p0: 0.8,
      p1: 0.92,
      alpha: 0.05,
      beta: 0.05,
      maxItems: 60,
      retryDays: 7,
      validDays: 180,
    },
  })
  const who = { roles: ['associate' as const, 'lead' as const], skills: [] }
  const judges = { roles: ['reviewer' as const, 'lead' as const], skills: [] }
  await client.call('workflow.publish', {
    params,
    body: {
      basedOn: 1,
      note: 'Reviews by sampling, disagreement decided',
      workflow: {
        stages: [
          { kind: 'annotate', overlap: 2, share: 1, who },
          {
            kind: 'review',
            overlap: 1,
            sampling: { kind: 'adaptive', least: 0.1, most: 0.5, below: 0.8 },
            onReturn: 'author',
            returnsAtMost: 3,
            who: judges,
          },
          { kind: 'adjudicate', when: { kind: 'disagreement', below: 0.8 }, who: judges },
          {
            kind: 'audit',
            sampling: { kind: 'share', share: 0.1 },
            onFail: 'author',
            who: judges,
          },
        ],
      },
    },
  })
  await client.call('work.claim', { params, body: { count: 2 } })
}

const looks: Look[] = [
  { language: 'en', theme: 'light' },
  { language: 'hi', theme: 'dark' },
  { language: 'hi', theme: 'light' },
  { language: 'en', theme: 'dark' },
]

async function arrive(person: Person, path: string): Promise<void> {
  const { page } = person
  await page.goto(path)
  await page.locator('h1, header b').first().waitFor()
  await page.waitForLoadState('networkidle')
  await page
    .locator('[aria-busy=true]')
    .waitFor({ state: 'detached' })
    .catch(() => undefined)
}

describe.each(looks)('in $language, $theme', (look) => {
  test('every screen is accessible, keeps to its own server and speaks the language', async () => {
    const person = await personAt(browser, program.url, look)
    const { page } = person
    for (const path of ['/sign-in', program.setupLink]) {
      await page.goto(path)
      await page.getByRole('heading').first().waitFor()
      expect(await axe(page), path).toEqual([])
    }
    await signIn(person, house.admin)
    await house.client.call('session.updateMe', {
      body: { preferences: { locale: look.language ?? 'en', theme: look.theme ?? 'light' } },
    })
    const violations: string[] = []
    for (const [name, path] of screens) {
      await arrive(person, path)
      violations.push(...(await axe(page)).map((v) => `${name}: ${v}`))
      expect(await page.locator('html').getAttribute('lang'), name).toBe(look.language)
      if (shots) {
        await page.screenshot({ path: join(shots, `${name}-${look.language}-${look.theme}.png`) })
      }
    }
    expect(violations).toEqual([])
    expect(person.trouble).toEqual([])
    await person.context.close()
  })
})
