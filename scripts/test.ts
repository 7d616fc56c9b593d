/**
 * The whole test suite: what it needs, the checks, the tests, the journeys. Prints one line a check and
 * ends with `N passed, N failed`; exits 1 if anything failed.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium, installChromium } from './chromium.ts'

type Tally = { passed: number; failed: number }
const tally: Tally = { passed: 0, failed: 0 }
const say = (line: string) => process.stdout.write(`${line}\n`)

/** Runs a command, its output passed on only if it fails. */
function check(name: string, command: string, args: readonly string[]): void {
  const started = performance.now()
  const run = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  if (run.status === 0) {
    tally.passed += 1
    say(`ok      ${name} (${seconds} s)`)
    return
  }
  tally.failed += 1
  say(`FAILED  ${name} (${seconds} s)`)
  say(`${run.stdout ?? ''}${run.stderr ?? ''}${run.error?.message ?? ''}`)
}

function runVitest(args: readonly string[]): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'kasauti-test-'))
  const report = join(dir, 'report.json')
  return new Promise((resolve) => {
    const child = spawn(
      'vitest',
      ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    )
    child.on('close', (code) => {
      count(report, code ?? 1)
      rmSync(dir, { recursive: true, force: true })
      resolve()
    })
  })
}

/** A suite that could not be loaded has no tests in the report: it counts as one failure. */
function count(report: string, code: number): void {
  let passed = 0
  let failed = 0
  try {
    const json = JSON.parse(readFileSync(report, 'utf8'))
    passed = json.numPassedTests
    failed = json.numFailedTests
    if (failed === 0) failed = json.numFailedTestSuites
  } catch {
    failed = 1
  }
  if (code !== 0 && failed === 0) failed = 1
  tally.passed += passed
  tally.failed += failed
}

const chromium = findChromium() ?? installChromium(say)
if (!chromium) {
  say(
    'The journeys need Chromium. Install it (Debian: apt-get install chromium fonts-noto-core), or set CHROMIUM_PATH to a Chromium or Chrome, and run npm test again.',
  )
  say('0 passed, 1 failed')
  process.exit(1)
}
process.env['CHROMIUM_PATH'] = chromium

const only = new Set(process.argv.slice(2))
const wants = (part: string) => only.size === 0 || only.has(part)
if (wants('checks')) {
  check('formatting and lint (biome)', 'biome', ['ci', '--diagnostic-level=error', '.'])
  check('types', 'tsc', ['-p', 'tsconfig.json'])
  check('types of code that runs anywhere', 'tsc', ['-p', 'tsconfig.pure.json'])
  check('arrows between packages and rooms', 'depcruise', [
    'packages',
    '--config',
    '.dependency-cruiser.cjs',
  ])
  check('dead code and undeclared dependencies (knip)', 'knip', ['--no-progress'])
}
if (wants('tests')) await runVitest([])
if (wants('journeys')) {
  check('production build of the web app', 'node', ['scripts/build-web.ts'])
  await runVitest(['--config', 'vitest.journeys.config.ts'])
}
say(`${tally.passed} passed, ${tally.failed} failed`)
process.exit(tally.failed === 0 && tally.passed > 0 ? 0 : 1)
