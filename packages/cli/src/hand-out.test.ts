/** A lead hands out work and reads reports by the command line; people are named by e-mail. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { cli, endAll, firstAdmin, member, newDir, start, textProject } from './fixtures/program.ts'

afterEach(endAll)

async function house() {
  const dataDir = newDir()
  const server = await start({ dataDir })
  const admin = await firstAdmin(server)
  const projectId = await textProject(admin)
  const cwd = newDir()
  const env = { KASAUTI_URL: server.url, KASAUTI_TOKEN: admin.token }
  const on = ['--project', projectId]
  const say = (...args: string[]) => cli(args, { dataDir: cwd, cwd, env })
  const rows = Array.from({ length: 6 }, (_, n) => `{"id": "क-${n + 1}", "text": "पंक्ति ${n}"}\n`)
  writeFileSync(join(cwd, 'rows.jsonl'), rows.join(''))
  const came = await say('import', ...on, '--file', 'rows.jsonl', '--batch', 'Monday')
  expect(came).toMatchObject({ code: 0 })
  const [bina, ravi] = [
    await member(server, admin, { name: 'बीना', email: 'bina@example.org', projectId }),
    await member(server, admin, { name: 'Ravi', email: 'ravi@example.org', projectId }),
  ]
  const held = async () => {
    const { rows } = await admin.call('GET', `/projects/${projectId}/held`)
    type Row = { name: string; key: string; state: string }
    return (rows as Row[]).map((row) => `${row.name} ${row.key} ${row.state}`).sort()
  }
  return { server, admin, projectId, cwd, on, say, bina, ravi, held }
}

test('items are given, given on and taken back, by keys, by a file of keys and by what fits', async () => {
  const { cwd, on, say, held } = await house()
  const to = ['--to', 'BINA@example.org']

  const byKey = await say(
    'assign',
    ...on,
    ...to,
    '--key',
    'क-1',
    '--key',
    'क-9',
    '--reason',
    'dialect',
  )
  expect(byKey).toMatchObject({ code: 0 })
  expect(byKey.said).toContain('1 items given to बीना.')
  expect(byKey.said).toContain('क-9: no item has this key')
  writeFileSync(join(cwd, 'keys.txt'), '\uFEFFक-1\r\nक-2\r\n\r\n')
  const byFile = await say('assign', ...on, ...to, '--keys', 'keys.txt')
  expect(byFile.said).toContain('क-1: this person has it or had it')
  expect(byFile.said).toContain('1 items given to बीना.')
  const first = ['--batch', 'monday', '--count', '2']
  expect((await say('assign', ...on, '--to', 'ravi@example.org', ...first)).said).toContain(
    '2 items given to Ravi.',
  )
  expect(await held()).toEqual([
    'Ravi क-3 assigned',
    'Ravi क-4 assigned',
    'बीना क-1 assigned',
    'बीना क-2 assigned',
  ])

  const from = ['--from', 'bina@example.org']
  const over = ['--to', 'ravi@example.org', '--key', 'क-2', '--key', 'क-6']
  const moved = await say('reassign', ...on, ...from, ...over, '--reason', 'on leave')
  expect(moved.said).toContain('1 items given to Ravi.')
  expect(moved.said).toContain('क-6: not in hand')
  const back = await say('release', ...on, '--from', 'ravi@example.org', '--state', 'assigned')
  expect(back.said).toContain('3 items taken back.')
  expect(await held()).toEqual(['बीना क-1 assigned'])
  // Nothing happened: that is told by the code too.
  expect((await say('release', ...on, '--from', 'ravi@example.org')).code).toBe(1)
  expect((await say('assign', ...on, ...to, '--key', 'क-1')).code).toBe(1)
}, 180_000)

test('items move into a batch by key, many of them by a job that is waited for', async () => {
  const { admin, projectId, cwd, on, say } = await house()
  expect(await say('batch', 'create', ...on, '--name', 'मंगल')).toMatchObject({ code: 0 })
  const into = ['--batch', 'मंगल']
  const few = await say('batch', 'add', ...on, ...into, '--key', 'क-1', '--key', 'क-9')
  expect(few).toMatchObject({ code: 0 })
  expect(few.said).toContain('1 items moved.')
  expect(few.said).toContain('क-9: no item has this key')
  const many = Array.from({ length: 501 }, (_, n) => `क-${n + 2}\n`)
  writeFileSync(join(cwd, 'many.txt'), many.join(''))
  expect(await say('batch', 'add', ...on, ...into, '--keys', 'many.txt')).toMatchObject({ code: 0 })
  const { rows } = await admin.call('GET', `/projects/${projectId}/items`)
  expect(new Set((rows as { batch: string }[]).map((row) => row.batch))).toEqual(new Set(['मंगल']))
  expect((await say('batch', 'add', ...on, ...into)).code).toBe(2)
}, 180_000)

test('what somebody had who left is taken back', async () => {
  const { admin, projectId, on, say, bina, held } = await house()
  const given = await say('assign', ...on, '--to', 'bina@example.org', '--count', '2')
  expect(given).toMatchObject({ code: 0 })
  await admin.call('DELETE', `/projects/${projectId}/members/${bina.userId}`)
  const left = await held()
  const back = await say('release', ...on, '--left')
  expect(back.said).toContain(`${left.length} items taken back.`)
  expect(await held()).toEqual([])
}, 180_000)

test('calls that cannot be meant are refused before anything happens', async () => {
  const { on, say, held } = await house()
  const to = ['--to', 'bina@example.org']
  const wrong = [
    ['assign', ...on, ...to],
    ['assign', ...on, '--key', 'क-1'],
    ['assign', ...on, ...to, '--key', 'क-1', '--count', '1'],
    ['assign', ...on, ...to, '--count', '501'],
    ['assign', ...on, ...to, '--state', 'fresh'],
    ['assign', ...on, ...to, '--keys', 'nowhere.txt'],
    ['assign', ...on, ...to, '--batch', 'nowhere'],
    ['assign', ...on, '--to', 'nobody@example.org', '--count', '1'],
    ['release', ...on],
    ['release', ...on, '--left', '--from', 'bina@example.org'],
    ['reassign', ...on, '--from', 'bina@example.org'],
    ['report', 'weather'],
    ['report', 'time'],
    ['report', 'people', '--by', 'day'],
  ]
  for (const call of wrong) expect([call, (await say(...call)).code]).toEqual([call, 2])
  expect(await held()).toEqual([])
}, 180_000)

test('every report comes as CSV, printed or into a file', async () => {
  const { cwd, projectId, on, say, bina } = await house()
  const [work] = (await bina.call('POST', `/projects/${projectId}/claim`, {})).rows
  await bina.call('POST', `/projects/${projectId}/assignments/${work.assignmentId}/submit`, {
    answers: { topic: 'खेल' },
    activeMs: 0,
  })
  const lines = async (...args: string[]) => {
    const { code, said } = await say('report', ...args)
    expect([args, code]).toEqual([args, 0])
    return said.replace('\uFEFF', '').trimEnd().split(/\r?\n/)
  }
  const throughput = await lines('throughput', ...on)
  expect(throughput[0]).toBe('day,submitted,reviewed,adjudicated,audited,returned,done')
  expect(throughput.at(-1)).toMatch(/^\d{4}-\d\d-\d\d,1,/)
  expect((await lines('work-in-progress', ...on)).join()).toContain('annotate')
  expect((await lines('ageing'))[0]).toContain('oldest')
  expect((await lines('batches')).join()).toContain('Monday,open')
  expect((await lines('people', ...on)).join()).toContain('बीना,1')

  expect((await lines('time', ...on)).join()).toContain('बीना')
  const written = await say('report', 'time', ...on, '--batch', 'monday', '--out', 'times.csv')
  expect(written.said).toContain(join(cwd, 'times.csv'))
  expect(readFileSync(join(cwd, 'times.csv'), 'utf8')).toContain('बीना')
}, 180_000)
