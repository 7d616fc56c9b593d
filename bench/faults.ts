/**
 * Never lose work: `node bench/faults.ts --faults 10000 --seed 1`. People work through the page's own
 * session and journal against a real server while networks are cut, pages crash, sessions expire, disks
 * fill up and processes are killed; then every answer that left their hands is looked for. Prints one
 * JSON line; exits 1 if anything was lost, doubled, altered, overwritten or not shown.
 */
import { injectFaults } from './faults/run.ts'
import { machine } from './machine.ts'

const given = (name: string, byDefault: number): number => {
  const at = process.argv.findIndex((a) => a === `--${name}` || a.startsWith(`--${name}=`))
  const found = process.argv[at]
  if (found === undefined) return byDefault
  return Number(found.includes('=') ? found.split('=')[1] : process.argv[at + 1])
}

const faults = given('faults', 10_000)
const seed = given('seed', 1)
let told = 0
const run = await injectFaults({
  faults,
  seed,
  onProgress: (done) => {
    if (done - told < 500 && done < faults) return
    told = done
    process.stderr.write(`${done} of ${faults} faults\n`)
  },
})
const wrong = [
  run.lost,
  run.duplicates,
  run.altered,
  run.falselyRefused,
  run.stuck,
  run.lostDrafts,
  run.overwritten,
]
const within = wrong.every((list) => list.length === 0)
const some = (list: readonly string[]) => ({ count: list.length, first: list.slice(0, 5) })
process.stdout.write(
  `${JSON.stringify({
    bench: 'faults',
    seed,
    ...run,
    lost: some(run.lost),
    duplicates: some(run.duplicates),
    altered: some(run.altered),
    falselyRefused: some(run.falselyRefused),
    stuck: some(run.stuck),
    lostDrafts: some(run.lostDrafts),
    overwritten: some(run.overwritten),
    within,
    machine: machine(),
  })}\n`,
)
if (!within) process.exitCode = 1
