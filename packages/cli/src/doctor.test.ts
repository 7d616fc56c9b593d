/** What the doctor says of installations that are not well. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { cli, endAll, newDir, nobody, root } from './fixtures/program.ts'

afterEach(endAll)

type Finding = { name: string; ok: boolean; detail: string; advice?: string }
async function wrong(at: Parameters<typeof cli>[1]) {
  const { code, said } = await cli(['doctor', '--json'], at)
  const findings = (JSON.parse(said) as Finding[]).filter((f) => !f.ok)
  expect(code).toBe(findings.length === 0 ? 0 : 1)
  for (const f of findings) expect(f.advice ?? '').not.toBe('')
  return findings
}

test('a machine that never had Kasauti is well', async () => {
  expect(await wrong(join(newDir(), 'data'))).toEqual([])
})

test('a port that another program has', async () => {
  const other = createServer()
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
  const PORT = String((other.address() as AddressInfo).port)
  const found = await wrong({ dataDir: join(newDir(), 'data'), env: { PORT } })
  other.close()
  expect(found.map((f) => f.name)).toEqual(['port'])
})

test('a database that does not answer', async () => {
  const env = { DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/kasauti' }
  const found = await wrong({ dataDir: newDir(), env })
  expect(found.map((f) => f.name)).toEqual(['PostgreSQL'])
  expect(JSON.stringify(found)).not.toContain('secret')
})

test('settings that cannot be used', async () => {
  const dataDir = newDir()
  const env = { PORT: 'many', PUBLIC_URL: 'http://a.example/b' }
  const [found] = await wrong({ dataDir, env })
  expect(found?.detail).toMatch(/PORT.*PUBLIC_URL/s)
  writeFileSync(join(dataDir, 'kasauti.json'), '{"PROT": 8090}')
  expect((await wrong(dataDir))[0]?.detail).toContain('PROT')
})

test.runIf(root)('a data directory that may not be written', async () => {
  const dir = newDir()
  chmodSync(dir, 0o755)
  mkdirSync(join(dir, 'closed'), { mode: 0o755 })
  const found = await wrong({ dataDir: join(dir, 'closed/data'), user: nobody })
  // The web app of this checkout may have been built by a user who keeps it to themselves.
  const names = found.map((f) => f.name).filter((name) => name !== 'web app')
  expect(names).toEqual(['data directory'])
})

test.runIf(root)(
  'a folder of files that may not be written is told apart from the data',
  async () => {
    const dir = newDir(nobody)
    mkdirSync(join(dir, 'closed'), { mode: 0o755 })
    const env = { FILES_DIR: join(dir, 'closed/files') }
    const found = await wrong({ dataDir: join(dir, 'data'), user: nobody, env })
    const names = found.map((f) => f.name).filter((name) => name !== 'web app')
    expect(names).toEqual(['files directory'])
  },
)
