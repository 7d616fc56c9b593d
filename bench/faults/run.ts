/** Injects faults while people work, then asks the database what became of every answer. */
import { setTimeout as sleep } from 'node:timers/promises'
import { contract } from '@kasauti/contract'
import { createClient } from '@kasauti/contract/client'
import { encodeId } from '@kasauti/core'
import { sweepLeases } from '../../packages/server/src/work/sweep.ts'
import { serverCalls } from '../../packages/web/src/workbench/server-calls.ts'
import type { Source } from '../../packages/web/src/workbench/source.ts'
import { type FaultHouse, openHouse } from './house.ts'
import { type Cut, fetchOver, openNetwork } from './network.ts'
import { BenchPerson } from './person.ts'
import { type Random, random } from './random.ts'
import { judge, type Verdict } from './verdict.ts'

/** Kinds of faults and how often each comes, of a thousand. */
const mix = {
  'cut before the request': 140,
  'cut in the middle of the request': 140,
  'cut after the request was processed': 200,
  'request swallowed': 30,
  'network down for seconds': 90,
  'network down for hours': 30,
  'page crashed': 110,
  'second tab': 60,
  'session expired': 50,
  'journal full': 40,
  'journal hangs': 10,
  'clock set': 30,
  'lease lost to somebody else': 25,
  'draft changed elsewhere': 20,
  'server killed': 15,
  'database killed': 10,
} as const
type FaultKind = keyof typeof mix
const kinds = Object.keys(mix) as FaultKind[]

export type FaultRun = Verdict & {
  readonly faults: Readonly<Record<FaultKind, number>>
  readonly seconds: number
}
export type FaultOptions = {
  readonly faults: number
  readonly seed: number
  /** Told now and then. */
  readonly onProgress?: (done: number) => void
}

const cuts: Partial<Record<FaultKind, Cut>> = {
  'cut before the request': 'before',
  'cut in the middle of the request': 'request',
  'cut after the request was processed': 'answer',
  'request swallowed': 'swallowed',
}

function draw(chance: Random): FaultKind {
  let left = chance.below(Object.values(mix).reduce((sum, n) => sum + n, 0))
  for (const kind of kinds) {
    left -= mix[kind]
    if (left < 0) return kind
  }
  return 'page crashed'
}

type Scene = {
  readonly house: FaultHouse
  readonly chance: Random
  readonly counts: Record<FaultKind, number>
  /** Texts of drafts written on another device. */
  readonly elsewhere: string[]
}

export async function injectFaults(o: FaultOptions): Promise<FaultRun> {
  const started = performance.now()
  const chance = random(o.seed)
  const house = await openHouse({ annotators: 6, reviewers: 2, items: 600 + o.faults * 4 })
  const scene: Scene = {
    house,
    chance,
    counts: Object.fromEntries(kinds.map((k) => [k, 0])) as Record<FaultKind, number>,
    elsewhere: [],
  }
  const people = await enter(scene)
  try {
    await Promise.all(people.map((p) => p.openTab()))
    let done = 0
    while (done < o.faults) {
      done += await round(scene, people, o.faults - done)
      o.onProgress?.(done)
    }
    await calmDown(scene, people)
    const verdict = await judge(house, people, scene.elsewhere)
    const seconds = Math.round((performance.now() - started) / 100) / 10
    return { ...verdict, faults: scene.counts, seconds }
  } finally {
    await Promise.all(people.map((p) => p.network.close()))
    await house.close()
  }
}

async function enter({ house, chance }: Scene): Promise<BenchPerson[]> {
  const projectId = encodeId('prj', house.projectId)
  const at = (stage: 'annotate' | 'review'): Source => ({ of: 'project', projectId, stage })
  const sources = [
    ...house.people.map((who, n) => ({
      who,
      source: n % 3 === 0 ? ({ of: 'everything' } as const) : at('annotate'),
    })),
    ...house.reviewers.map((who) => ({ who, source: at('review') })),
  ]
  return Promise.all(
    sources.map(
      async ({ who, source }) =>
        new BenchPerson({
          who,
          source,
          network: await openNetwork(house.port),
          random: random(chance.below(2 ** 31)),
        }),
    ),
  )
}

/** Each person does something, some of them under a fault. @returns how many faults there were */
async function round(
  scene: Scene,
  people: readonly BenchPerson[],
  atMost: number,
): Promise<number> {
  const { chance, counts } = scene
  const faults: { readonly kind: FaultKind; readonly person: BenchPerson }[] = []
  for (const person of people)
    if (faults.length < atMost && chance.chance(0.6)) {
      const drawn = draw(chance)
      // One process dies at a time.
      const again = faults.some((f) => f.kind.endsWith('killed')) && drawn.endsWith('killed')
      const kind = again ? 'page crashed' : drawn
      faults.push({ kind, person })
      counts[kind] += 1
    }
  await Promise.all(
    people.map(async (person) => {
      const fault = faults.find((f) => f.person === person)
      if (fault) await underFault(scene, fault)
      else await person.act()
      await heal(scene, person)
    }),
  )
  return faults.length
}

async function underFault(
  scene: Scene,
  { kind, person }: { kind: FaultKind; person: BenchPerson },
): Promise<void> {
  const { house, chance } = scene
  const cut = cuts[kind]
  if (cut) {
    person.network.cutNext(cut)
    return person.act()
  }
  // biome-ignore lint/nursery/useExhaustiveSwitchCases: faults of single requests are handled above
  switch (kind) {
    case 'network down for seconds':
    case 'network down for hours': {
      person.network.set('down')
      const hours = kind === 'network down for hours'
      const acts = 1 + chance.below(3)
      for (let i = 0; i < acts; i++) {
        await person.act()
        person.pass(hours ? 3_600_000 * (1 + chance.below(8)) : 5000)
      }
      if (hours) await loseLeases(scene, person)
      if (chance.chance(0.3)) await reload(person)
      person.network.set('up')
      person.tryAll()
      return person.settle()
    }
    case 'page crashed': {
      const acting = person.act()
      await sleep(chance.below(6))
      await reload(person)
      return acting
    }
    case 'second tab':
      if (person.tabs < 2) await person.openTab()
      else person.closeTab()
      for (let i = 0; i < 3; i++) await person.act()
      return undefined
    case 'session expired':
      await house.db((app) =>
        app.pool.query('delete from sessions where user_id = $1', [person.who.userId]),
      )
      return person.act()
    case 'journal full':
    case 'journal hangs':
      person.disk(kind === 'journal full' ? 'full' : 'hangs')
      await person.act()
      person.pass(6000)
      await person.act()
      person.disk('good')
      person.pass(6000)
      return person.settle()
    case 'clock set':
      person.setClock((chance.chance(0.5) ? 1 : -1) * 3_600_000 * (1 + chance.below(72)))
      return person.act()
    case 'lease lost to somebody else':
      person.network.set('down')
      await person.act()
      await loseLeases(scene, person)
      await person.act()
      person.network.set('up')
      person.tryAll()
      return person.settle()
    case 'draft changed elsewhere':
      await changeElsewhere(scene, person)
      return person.act()
    case 'server killed': {
      const acting = person.act()
      await sleep(chance.below(15))
      await house.killServer()
      await acting
      await person.act()
      return house.startServer()
    }
    case 'database killed': {
      const acting = person.act()
      await sleep(chance.below(15))
      house.killDatabase()
      return acting
    }
  }
  return undefined
}

/** A page comes back only where it said its work was safe: otherwise the person was warned and stayed. */
async function reload(person: BenchPerson): Promise<void> {
  if (person.journalIs === 'failing') return
  person.crash()
  await person.openTab()
}

/** Whoever was signed out signs in again; whoever has too much to decide goes on anyway. */
async function heal({ house }: Scene, person: BenchPerson): Promise<void> {
  if (person.sessions().some((s) => s.network === 'signed-out')) {
    person.signedIn(await house.newSession(person.who))
    await person.settle()
  }
  person.pass(500)
}

const callsOf = (house: FaultHouse, cookie: string) => {
  const url = `http://127.0.0.1:${house.port()}`
  return serverCalls(
    createClient({
      routes: contract,
      baseUrl: url,
      fetch: fetchOver(() => cookie, url),
      pausesMs: [200, 500, 1000, 2000],
    }),
  )
}

/** All leases of a person run out, and somebody else takes what they can and hands it in. */
async function loseLeases({ house }: Scene, person: BenchPerson): Promise<void> {
  await house.db(async (app) => {
    await app.pool.query(
      `update assignments set lease_expires_at = $3 where project_id = $1 and user_id = $2 and state = 'leased'`,
      [house.projectId, person.who.userId, new Date(0)],
    )
    await sweepLeases(app, house.projectId)
  })
  const calls = callsOf(house, house.thief.cookie)
  const source: Source = {
    of: 'project',
    projectId: encodeId('prj', house.projectId),
    stage: 'annotate',
  }
  const { rows } = await calls.claim(source, { count: 5, holding: [] }).catch(() => ({ rows: [] }))
  for (const work of rows)
    await calls
      .send({
        key: `thief-${work.assignmentId}`,
        act: { kind: 'submit' },
        work,
        answers: { topic: 'health' },
        activeMs: 0,
      })
      .catch(() => undefined)
}

/** The same person at another machine goes on with an item that is on the desk here. */
async function changeElsewhere(scene: Scene, person: BenchPerson): Promise<void> {
  const desk = person.sessions()[0]?.desks[0]
  if (!desk || desk.work.stage !== 'annotate') return
  const calls = callsOf(scene.house, person.cookie)
  const text = `elsewhere-${scene.elsewhere.length}`
  try {
    const now = await calls.get(desk.work)
    await calls.saveEntry({
      projectId: now.projectId,
      stage: now.stage,
      assignmentId: now.assignmentId,
      answers: { why: text },
      basedOn: now.draftVersion,
    })
    scene.elsewhere.push(text)
  } catch {
    // Signed out, or not in these hands any more: then nothing was changed.
  }
}

/** All faults over: people sign in, everything that waits is sent. */
async function calmDown({ house }: Scene, people: readonly BenchPerson[]): Promise<void> {
  await house.db((app) => app.pool.query('select 1'))
  for (const person of people) {
    person.network.set('up')
    person.disk('good')
    person.pass(10_000)
    await person.settle()
    person.signedIn(await house.newSession(person.who))
    person.tryAll()
    await person.settle()
    person.crash()
    await person.openTab()
    for (let i = 0; i < 60 && person.sessions().some((s) => s.outbox.length > 0); i++) {
      person.pass(31_000)
      await person.settle()
    }
  }
}
