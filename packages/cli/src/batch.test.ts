/** Batches by the command line: made by an import or by hand, filled, delivered. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { cli, endAll, firstAdmin, newDir, start, textProject } from './fixtures/program.ts'

afterEach(endAll)

test('an import makes its batch, batches are listed, made, moved on and delivered alone', async () => {
  const server = await start({ dataDir: newDir() })
  const admin = await firstAdmin(server)
  const projectId = await textProject(admin)
  const cwd = newDir()
  mkdirSync(cwd, { recursive: true })
  const env = { KASAUTI_URL: server.url, KASAUTI_TOKEN: admin.token }
  const say = (...args: string[]) => cli(args, { dataDir: newDir(), cwd, env })
  const file = (name: string, keys: readonly string[]) => {
    const rows = keys.map((id) => `${JSON.stringify({ id, text: `पंक्ति ${id}` })}\n`)
    writeFileSync(join(cwd, name), rows.join(''))
    return name
  }
  const on = ['--project', projectId]

  const a = file('a.jsonl', ['a1', 'a2', 'a3'])
  expect(await say('import', ...on, '--file', a, '--batch', 'जुलाई')).toMatchObject({ code: 0 })
  const b = file('b.jsonl', ['b1'])
  expect(await say('import', ...on, '--file', b, '--batch', 'जुलाई')).toMatchObject({ code: 0 })
  const made = await say(
    'batch',
    'create',
    ...on,
    '--name',
    'August',
    '--due',
    '2031-08-31',
    '--priority',
    'urgent',
  )
  expect(made).toMatchObject({ code: 0 })
  const id = /bat_\w+/.exec(made.said)?.[0] ?? ''
  const c = file('c.jsonl', ['c1', 'c2'])
  expect(await say('import', ...on, '--file', c, '--batch', id)).toMatchObject({ code: 0 })

  const list = await say('batch', 'list', ...on)
  expect(list.said).toMatch(
    /August\s+bat_\w+, draft, 0 of 2 items done, due 2031-\d\d-\d\d, urgent/,
  )
  expect(list.said).toMatch(/जुलाई\s+bat_\w+, open, 0 of 4 items done/)
  expect(list.said).toMatch(/\(everything else\)\s+bat_\w+, open/)

  expect((await say('batch', 'move', ...on, '--batch', 'august', '--to', 'open')).said).toContain(
    'August: open',
  )
  expect((await say('batch', 'move', ...on, '--batch', id, '--to', 'delivered')).code).not.toBe(0)
  expect((await say('batch', 'move', ...on, '--batch', 'nowhere', '--to', 'open')).code).toBe(2)
  expect((await say('batch', 'fold', ...on)).code).toBe(2)

  const what = ['--name', 'July', '--state', 'open', '--batch', 'जुलाई', '--into', 'out']
  expect(await say('deliver', ...on, ...what)).toMatchObject({ code: 0 })
  const manifest = JSON.parse(readFileSync(join(cwd, 'out', 'manifest.json'), 'utf8'))
  expect(manifest).toMatchObject({ items: 4, batch: 'जुलाई' })
}, 120_000)
