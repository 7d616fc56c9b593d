/**
 * Files and texts as they must not be. Each is answered with words that name the place, nothing goes
 * in that is not told, and the server stays up and small.
 */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync, gzipSync } from 'node:zlib'
import { simpleWorkflow } from '@kasauti/core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type Person, personAt } from './support/browser.ts'
import { api, chooseFile, importFile, noTrouble, told } from './support/deeds.ts'
import { addPerson, foundHouse, type House, signIn } from './support/house.ts'
import { type Program, startProgram } from './support/program.ts'

const memoryLimit = 400 * 1024 ** 2

let program: Program
let browser: Browser
let house: House
let admin: Person
let dir: string
let projectId: string
let most = 0
let watching: NodeJS.Timeout
const people: Person[] = []

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kasauti-bad-'))
  program = await startProgram()
  watching = setInterval(async () => {
    most = Math.max(most, await program.memory().catch(() => 0))
  }, 100)
  browser = await openBrowser()
  house = await foundHouse(program.url, program.setupLink)
  admin = await personAt(browser, program.url)
  people.push(admin)
  await signIn(admin, house.admin)
  projectId = await newProject('Bad input')
})
afterAll(async () => {
  clearInterval(watching)
  await browser?.close()
  await program?.stop()
  await rm(dir, { recursive: true, force: true })
})

async function newProject(name: string): Promise<string> {
  const body = { name, template: 'blank', sampleItems: false }
  return (await house.client.call('project.create', { body })).projectId
}

/** How many items the project has: what an import tells must be what is there. */
async function itemsIn(project: string): Promise<number> {
  const { counts } = await house.client.call('project.get', { params: { projectId: project } })
  return counts?.items ?? 0
}

const bytes = (name: string, body: string | Buffer, mimeType = 'text/plain') => ({
  name,
  mimeType,
  buffer: Buffer.from(body),
})

/** Imports a file of which some rows are bad; gives the import and its rejects file. */
async function importWithRejects(file: Parameters<typeof importFile>[2]) {
  const before = await itemsIn(projectId)
  const run = await importFile(admin, projectId, file)
  expect((await itemsIn(projectId)) - before).toBe(run.items)
  const { page } = admin
  const link = page.getByRole('link', { name: 'Download all as CSV' })
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  return { run, rejects: await readFile(await download.path(), 'utf8') }
}

/** A file that is refused before anything is read from it; gives the words. */
async function refusal(file: Parameters<typeof importFile>[2]): Promise<string> {
  const before = await itemsIn(projectId)
  expect(await chooseFile(admin, projectId, file)).toBe('refused')
  expect(await itemsIn(projectId)).toBe(before)
  return (await admin.page.getByRole('alert').first().textContent()) ?? ''
}

test('a malformed JSON line is named by its line; the good ones go in', async () => {
  const lines = ['{"text":"one"}', '{"text":"two"}', '{"text":"three"', '{"text":"four"}']
  const { run, rejects } = await importWithRejects(bytes('broken.jsonl', lines.join('\n')))
  expect(run).toMatchObject({ state: 'done', items: 3, rejected: 1 })
  expect(run.sampleRejects[0]?.place).toBe('line 3')
  expect(run.sampleRejects[0]?.reason).toMatch(/JSON/)
  await admin.page.getByRole('cell', { name: 'line 3' }).waitFor()
  expect(rejects).toContain('line 3')
  expect(rejects).toContain('three')
})

test('a line of 200 MB is refused by its place, the lines around it go in', async () => {
  const path = join(dir, 'long.jsonl')
  const out = createWriteStream(path)
  out.write('{"text":"before"}\n{"text":"')
  const piece = 'x'.repeat(1024 ** 2)
  for (let i = 0; i < 200; i++) if (!out.write(piece)) await once(out, 'drain')
  await new Promise((resolve) => out.end('"}\n{"text":"after"}\n', () => resolve(undefined)))
  const { run, rejects } = await importWithRejects(path)
  expect(run).toMatchObject({ state: 'done', items: 2, rejected: 1 })
  expect(run.sampleRejects[0]?.place).toBe('line 2')
  expect(run.sampleRejects[0]?.reason).toMatch(/MB/)
  expect(rejects.length).toBeLessThan(1024 ** 2)
})

test('bytes that do not fit the encoding are named by their line', async () => {
  const good = Array.from({ length: 3000 }, (_, i) => `{"text":"पंक्ति ${i} यहाँ है"}`).join('\n')
  const body = Buffer.concat([
    Buffer.from(`${good}\n`),
    Buffer.from('{"text":"caf'),
    Buffer.from([0xe9]),
    Buffer.from('"}\n{"text":"last"}\n'),
  ])
  const { run, rejects } = await importWithRejects(bytes('mixed.jsonl', body))
  expect(run).toMatchObject({ state: 'done', items: 3001, rejected: 1 })
  expect(run.sampleRejects[0]).toMatchObject({ place: 'line 3001' })
  expect(rejects).toMatch(/utf-8/i)
})

test('NUL bytes are refused by their place', async () => {
  const body = 'id,text\na,fine\nb,with\0nul\nc,fine too\n'
  const { run } = await importWithRejects(bytes('nul.csv', body))
  expect(run).toMatchObject({ state: 'done', items: 2, rejected: 1 })
  expect(run.sampleRejects[0]?.reason).toMatch(/NUL/)
  expect(run.sampleRejects[0]?.place).toMatch(/3/)
})

test('rows of ten thousand columns are refused in words, already in the preview', async () => {
  const names = Array.from({ length: 10_000 }, (_, i) => `column ${i}`)
  const body = `${names.join(',')}\n${names.join(',')}\n`
  expect(await chooseFile(admin, projectId, bytes('wide.csv', body))).toBe('preview')
  const reason = /10,?000 columns; at most/
  await admin.page.getByRole('cell', { name: reason }).first().waitFor()
  const before = await itemsIn(projectId)
  await admin.page.getByRole('button', { name: 'Start the import' }).click()
  await admin.page.getByRole('alert').filter({ hasText: 'The columns do not fit' }).waitFor()
  expect(await itemsIn(projectId)).toBe(before)
})

test('bombs, images and empty files are refused for what they are', async () => {
  const zeros = Buffer.alloc(200 * 1024 ** 2)
  const packed = deflateRawSync(zeros)
  expect(await refusal(bytes('bomb.zip', zipOf('rows.csv', packed, zeros.length)))).toMatch(/ZIP/)
  expect(await refusal(bytes('rows.csv', gzipSync(zeros)))).toMatch(/gzip/)
  const png = Buffer.from('89504e470d0a1a0a0000000d494844520000000100000001', 'hex')
  expect(await refusal(bytes('rows.csv', png))).toMatch(/PNG/)
  expect(await refusal(bytes('empty.csv', ''))).toMatch(/empty|nothing/i)
})

/** A ZIP archive of one file, as far as a reader of its beginning can tell. */
function zipOf(name: string, packed: Buffer, size: number): Buffer {
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(8, 8)
  head.writeUInt32LE(packed.length, 18)
  head.writeUInt32LE(size, 22)
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, Buffer.from(name), packed])
}

test('a JSON bomb in a request, and a packed body, are refused', async () => {
  const path = `/projects/${projectId}`
  const deep = await admin.page.evaluate(async (to) => {
    const answer = await fetch(`/api/v1${to}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: `{"name":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
    })
    return { status: answer.status, text: await answer.text() }
  }, path)
  expect(deep.status).toBeGreaterThanOrEqual(400)
  expect(deep.status).toBeLessThan(500)
  const long = await api(admin, 'PATCH', path, { name: 'x'.repeat(20 * 1024 ** 2) })
  expect([400, 413]).toContain(long.status)
  const packed = await fetch(`${program.url}/api/v1${path}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: gzipSync(Buffer.alloc(50 * 1024 ** 2)),
  })
  expect(packed.status).toBeGreaterThanOrEqual(400)
  expect(packed.status).toBeLessThan(500)
})

const evil = (what: string) =>
  `<img src=x onerror="globalThis.hacked='${what}'"><script>globalThis.hacked='${what}'</script>`

test('markup in every text is shown as text and never runs', async () => {
  const bad = await newProject(evil('project'))
  const { schema, version } = await told<{ schema: Schema; version: number }>(
    admin,
    'GET',
    `/projects/${bad}/schema`,
  )
  const [field] = schema.fields
  const options = [
    { value: 'yes', title: { en: evil('option'), hi: evil('option') } },
    { value: 'no', title: { en: 'No' }, help: { en: evil('help') } },
  ]
  await told(admin, 'POST', `/projects/${bad}/schema/versions`, {
    schema: {
      ...schema,
      fields: [
        { ...field, title: { en: evil('title') }, config: { mode: 'single', options } },
        {
          id: 'remark',
          kind: 'text',
          title: { en: 'Remark' },
          required: false,
          config: { lines: 'many' },
        },
      ],
    },
    note: evil('note'),
    basedOn: version,
  })
  await house.client.call('project.update', {
    params: { projectId: bad },
    body: {
      summary: evil('summary'),
      settings: { instructions: { en: evil('instructions'), hi: '' } },
    },
  })
  await house.client.call('workflow.publish', {
    params: { projectId: bad },
    body: { workflow: simpleWorkflow({ overlap: 1, review: 'all' }), basedOn: 1 },
  })
  const name = `${evil('file').replaceAll('/', '-')}.csv`
  const csv = `id,text\n"${evil('key').replaceAll('"', '""')}","${evil('text').replaceAll('"', '""')}"\nplain,[click](javascript:globalThis.hacked=1)\n`
  const run = await importFile(admin, bad, bytes(name, csv), { key: 'id' })
  expect(run).toMatchObject({ state: 'done', items: 2 })
  await admin.page.getByRole('heading', { name: /<img src=x onerror=/ }).waitFor()

  const asha = await personAt(browser, program.url)
  people.push(asha)
  await signIn(asha, await addPerson(house, 'Asha Rao', [{ projectId: bad, roles: ['associate'] }]))
  await told(asha, 'PATCH', '/me', { name: evil('person').slice(0, 100) })
  await asha.page.goto(`/projects/${bad}/work`)
  await asha.page.getByRole('radio', { name: /<script>globalThis.hacked='option'/ }).waitFor()
  await asha.page.getByText(evil('text')).first().waitFor()
  await asha.page.keyboard.press('Digit1')
  await asha.page.keyboard.insertText(evil('remark'))
  await asha.page.keyboard.press('F2')
  await asha.page
    .getByRole('dialog')
    .getByText(/instructions/)
    .first()
    .waitFor()
  await asha.page.keyboard.press('Escape')
  await asha.page.getByRole('dialog').waitFor({ state: 'detached' })
  await asha.page.keyboard.press('Control+Enter')
  await asha.page.getByText('[click](javascript:').first().waitFor()

  const { rows } = await told<{ rows: { itemId: string }[] }>(
    admin,
    'GET',
    `/projects/${bad}/items?limit=5`,
  )
  const places = ['', '/items', `/items/${rows[0]?.itemId}`, '/schema', '/people', '/import']
  for (const place of [...places.map((p) => `/projects/${bad}${p}`), '/', '/projects']) {
    await admin.page.goto(place)
    await admin.page.getByText('<script>globalThis.hacked', { exact: false }).first().waitFor()
  }
  await admin.page.goto(`/projects/${bad}/review`)
  await admin.page.getByRole('radio', { name: /<script>/, checked: true }).waitFor()
  await admin.page.keyboard.press('KeyR')
  const note = admin.page.getByRole('dialog').getByRole('textbox')
  await note.fill(evil('return'))
  await admin.page.keyboard.press('Control+Enter')
  await asha.page.goto('/')
  await asha.page.getByText(evil('return')).first().waitFor()
  for (const { page } of [admin, asha]) {
    expect(await page.evaluate(() => Reflect.get(globalThis, 'hacked'))).toBeUndefined()
    expect(await page.locator('img[src="x"]').count()).toBe(0)
  }
})

type Schema = { inputs: unknown[]; fields: Record<string, unknown>[] }

test('the server is up, stayed small, and nothing went wrong in any page', async () => {
  expect((await fetch(`${program.url}/api/v1/setup/nothing`)).status).toBeLessThan(500)
  console.log(`most memory: ${Math.round(most / 1024 ** 2)} MB`)
  expect(most).toBeGreaterThan(0)
  expect(most).toBeLessThan(memoryLimit)
  expect(program.output()).not.toMatch(/server\/bug/)
  noTrouble(...people)
})
