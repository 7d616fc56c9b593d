/**
 * From the submit key to the next item on the page, ready for the next key, in a real browser:
 * `node bench/submit-to-next.ts [items]`. Blind pairs of about 250 words each, in English and Hindi.
 * Needs the built page (`npm run build:web`) and Chromium. Prints one JSON line: milliseconds from the
 * key's own time stamp to the first frame in which the next item stands with the focus on its first
 * field (and the main thread free again), p50, p95 and the longest.
 */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, hashSecret, loadConfig, newSecret, type Server } from '@kasauti/server'
import { chromium, type Page } from 'playwright-core'
import { findChromium } from '../scripts/chromium.ts'
import { machine } from './machine.ts'

const goalMs = 100
const count = Number(process.argv[2] ?? 60)
const webDir = join(import.meta.dirname, '../packages/web/dist')

const english =
  'Rinse the lentils until the water runs clear, then let them rest for half an hour. **Salt goes in at the end**, or the skins stay hard. '
const hindi = 'दाल को साफ़ पानी से धोकर आधे घंटे भिगो दें, फिर धीमी आँच पर पकाएँ और नमक आख़िर में डालें। '
const answer = (n: number) =>
  `## Way ${n}\n\n${english.repeat(5)}\n\n1. ${english}\n2. ${hindi}\n3. ${english}\n\n| step | minutes |\n|---|---|\n| soak | 30 |\n| cook | ${n + 20} |\n\n${hindi.repeat(4)}`
const schema = {
  inputs: [{ id: 'chat', kind: 'conversation' }],
  fields: [
    {
      id: 'better',
      kind: 'pairwise',
      title: { en: 'Which answer is better?' },
      config: { input: 'chat' },
    },
    {
      id: 'why',
      kind: 'text',
      title: { en: 'Why?' },
      required: false,
      config: { lines: 'one' },
    },
  ],
}

/** An admin with a live session; the cookie's value. */
async function seedPerson({ app }: Server): Promise<string> {
  const userId = app.newId()
  const secret = newSecret()
  const now = app.now()
  await app.pool.query(
    `insert into users (user_id, email, name, password_hash, admin, preferences, created_at)
     values ($1, $2, 'Bench', 'none', true, '{"locale":"en","theme":"light","keys":{}}', $3)`,
    [userId, `bench-${userId}@example.org`, now],
  )
  await app.pool.query(
    `insert into sessions (session_id, user_id, secret_hash, device, created_at, last_seen_at, expires_at)
     values ($1, $2, $3, 'bench', $4, $4, $5)`,
    [app.newId(), userId, hashSecret(secret), now, new Date(now.getTime() + 86_400_000)],
  )
  return secret
}

type Call = <T>(path: string, body?: unknown) => Promise<T>
function caller(server: Server, cookie: string): Call {
  return async (path, body) => {
    const raw = typeof body === 'string'
    const answered = await fetch(`${server.localUrl}/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        cookie: `kasauti=${cookie}`,
        origin: server.localUrl,
        'content-type': raw ? 'application/octet-stream' : 'application/json',
      },
      ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
    })
    if (!answered.ok) throw new Error(`${path}: ${answered.status} ${await answered.text()}`)
    return (await answered.json()) as never
  }
}

/** A project of blind pairs; resolves when its items are in. */
async function seedProject(call: Call): Promise<string> {
  const { projectId } = await call<{ projectId: string }>('/projects', { name: 'Pairs', schema })
  const rows = Array.from({ length: count + 10 }, (_, i) =>
    JSON.stringify({
      id: `pair-${i}`,
      prompt: `How do I cook lentils, number ${i}?`,
      candidates: [
        { model: 'one', text: answer(i) },
        { model: 'two', text: answer(i + 1) },
      ],
    }),
  )
  const { uploadId } = await call<{ uploadId: string }>(
    `/projects/${projectId}/uploads?fileName=pairs.jsonl`,
    rows.join('\n'),
  )
  const { importId } = await call<{ importId: string }>(`/projects/${projectId}/imports`, {
    uploadId,
  })
  for (;;) {
    const state = await call<{ state: string; error?: string; items: number }>(
      `/projects/${projectId}/imports/${importId}`,
    )
    if (state.state === 'done' && state.items === rows.length) return projectId
    if (state.state === 'failed' || state.state === 'done') throw new Error(JSON.stringify(state))
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

type Watched = { kasautiNext?: Promise<number> }

/** In the page: from the next submit key until the following item takes keys. */
function watchNext(): void {
  const shown = () => performance.getEntriesByName('kasauti-item-shown').length
  const before = shown()
  const watched = globalThis as Watched
  watched.kasautiNext = new Promise((resolve) => {
    const onKey = (e: KeyboardEvent) => {
      if (e.code !== 'Enter') return
      window.removeEventListener('keydown', onKey, true)
      const look = () => {
        const main = document.activeElement?.closest('[data-main]')
        if (shown() === before || !main) requestAnimationFrame(look)
        // A task after the frame: the frame is out, and nothing keeps the next key waiting.
        else setTimeout(() => resolve(performance.now() - e.timeStamp))
      }
      requestAnimationFrame(look)
    }
    window.addEventListener('keydown', onKey, true)
  })
}

/** Submit the item in view and wait for the next; milliseconds from key to interactive. */
async function submitOne(page: Page): Promise<number> {
  await page.keyboard.press('ArrowLeft')
  // On its own: an input event may overtake a script that was sent before it.
  await page.evaluate(watchNext)
  await page.keyboard.press('Control+Enter')
  return page.evaluate(
    () => (globalThis as Watched).kasautiNext ?? Promise.reject(new Error('not watched')),
  )
}

const at = (sorted: readonly number[], share: number) =>
  Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) /
  10

async function run(server: Server, executablePath: string): Promise<number[]> {
  const cookie = await seedPerson(server)
  const projectId = await seedProject(caller(server, cookie))
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  try {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
    await context.addCookies([{ name: 'kasauti', value: cookie, url: server.localUrl }])
    const page = await context.newPage()
    await page.goto(`${server.localUrl}/projects/${projectId}/work`)
    await page.waitForSelector('.wb-item')
    await page.waitForTimeout(1500)
    const times: number[] = []
    for (let i = 0; i < count; i++) {
      times.push(await submitOne(page))
      // A person reads before the next answer; the machine has time to fetch what comes after.
      await page.waitForTimeout(400)
    }
    return times
  } finally {
    await browser.close()
  }
}

const executablePath = findChromium()
if (!existsSync(join(webDir, 'index.html')) || executablePath === undefined) {
  process.stderr.write('Needs the built page (npm run build:web) and Chromium.\n')
  process.exit(1)
}
const dataDir = await mkdtemp(join(tmpdir(), 'kasauti-bench-'))
const server = await createServer(
  loadConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error' }),
  { webDir },
)
try {
  const times = (await run(server, executablePath)).toSorted((a, b) => a - b)
  const p95 = at(times, 0.95)
  process.stdout.write(
    `${JSON.stringify({ bench: 'submit-to-next', submits: times.length, p50Ms: at(times, 0.5), p95Ms: p95, longestMs: at(times, 1), goalMs, within: p95 <= goalMs, machine: machine() })}\n`,
  )
  if (p95 > goalMs) process.exitCode = 1
} finally {
  await server.close()
  await rm(dataDir, { recursive: true, force: true })
}
