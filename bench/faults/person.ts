/**
 * A person at the bench without a browser: the page's own session and runner, over real HTTP, with a
 * journal that outlives the page. Plays a script by chance and notes every answer that left their hands.
 */
import { contract } from '@kasauti/contract'
import { createClient } from '@kasauti/contract/client'
import type { Person as Seeded } from '@kasauti/testkit'
import { type Answers, sameJson } from '../../packages/web/src/workbench/answers.ts'
import { memoryJournal } from '../../packages/web/src/workbench/memory-journal.ts'
import { createRunner, type Ports, type Runner } from '../../packages/web/src/workbench/runner.ts'
import { failureOf, serverCalls } from '../../packages/web/src/workbench/server-calls.ts'
import type { Act, Desk, Session } from '../../packages/web/src/workbench/session.ts'
import type { Source } from '../../packages/web/src/workbench/source.ts'
import { type PageClock, pageClock } from './clock.ts'
import { fetchOver, type Network } from './network.ts'
import type { Random } from './random.ts'

/** An answer that left somebody's hands. */
export type Handed = {
  readonly key: string
  readonly assignmentId: string
  readonly act: Act
  readonly answers: Answers
  /** In the answers, or in the note of a verdict or skip: nowhere else in the world. */
  readonly token: string
}
type Tab = { readonly name: string; readonly runner: Runner; readonly clock: PageClock }

export class BenchPerson {
  readonly who: Seeded
  readonly network: Network
  readonly handed: Handed[] = []
  /** Keys of refused sendings the person saw and threw away, or took back to the desk to change. */
  readonly decided = new Set<string>()
  /** Every text of a draft from elsewhere that was put before the person. */
  readonly seen = new Set<string>()
  /** What was typed last on an item and is in the journal. */
  readonly typed = new Map<string, Answers>()
  readonly lostDrafts: string[] = []
  conflictsShown = 0
  receipts = 0
  cookie: string
  readonly #source: Source
  readonly #random: Random
  readonly #memory = memoryJournal()
  #tabs: Tab[] = []
  #holder = new Map<string, string>()
  #pending = 0
  #last = ''
  #made = 0
  #wallMs = 1_700_000_000_000

  constructor(o: { who: Seeded; network: Network; source: Source; random: Random }) {
    this.who = o.who
    this.network = o.network
    this.cookie = o.who.cookie
    this.#source = o.source
    this.#random = o.random
  }

  get journalIs(): 'good' | 'failing' {
    return this.#tabs.some((t) => t.runner.get().journal === 'failing') ? 'failing' : 'good'
  }
  get tabs(): number {
    return this.#tabs.length
  }
  sessions(): readonly Session[] {
    return this.#tabs.map((t) => t.runner.get())
  }
  disk(state: 'good' | 'full' | 'hangs'): void {
    this.#memory.disk(state)
  }
  /** The machine's clock is set: nothing may depend on it. */
  setClock(ms: number): void {
    this.#wallMs += ms
  }
  async openTab(): Promise<void> {
    this.#made += 1
    const clock = pageClock()
    const runner = createRunner(this.#ports(clock))
    const tab = { name: `tab ${this.#made}`, runner, clock }
    this.#tabs.push(tab)
    await runner.start()
    await this.settle()
    clock.pass(2000)
    await this.settle()
    this.#missing(tab)
  }
  /** Every page of this person goes, as it stands, and nothing of it runs on. */
  crash(): void {
    this.#last = `${this.#tabs.length} tabs crashed`
    for (const tab of this.#tabs) this.#end(tab)
    this.#tabs = []
    this.#holder.clear()
  }
  closeTab(): void {
    this.#last = 'tab closed'
    const tab = this.#tabs.pop()
    if (!tab) return
    this.#end(tab)
    for (const [id, name] of this.#holder) if (name === tab.name) this.#holder.delete(id)
  }
  /** Hours go by in all pages. */
  pass(ms: number): void {
    this.#wallMs += ms
    for (const tab of this.#tabs) tab.clock.pass(ms)
  }
  signedIn(cookie: string): void {
    this.cookie = cookie
    for (const tab of this.#tabs)
      if (tab.runner.get().network === 'signed-out')
        tab.runner.dispatch({ kind: 'network', network: 'up' })
  }
  tryAll(): void {
    for (const tab of this.#tabs) tab.runner.dispatch({ kind: 'network', network: 'up' })
  }
  /** Until the network is quiet; a server that does not answer is not waited for. */
  async settle(patienceMs = 4000): Promise<void> {
    const until = performance.now() + patienceMs
    let quiet = 0
    while (quiet < 3 && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 1))
      quiet = this.#pending === 0 ? quiet + 1 : 0
    }
  }
  /** One thing a person does, in one of their pages. */
  async act(): Promise<void> {
    const tab = this.#tabs[this.#random.below(this.#tabs.length)]
    if (!tab) return
    const { runner } = tab
    this.#decide(tab)
    const desk = runner.get().desks[0]
    if (!desk) {
      runner.dispatch({ kind: 'ask' })
      tab.clock.pass(1000)
      return this.settle()
    }
    this.#look(desk.log.answers)
    const id = desk.work.assignmentId
    const holder = this.#holder.get(id)
    if (this.#tabs.length > 1 && holder !== undefined && holder !== tab.name) {
      await runner.takeOver(id)
      const [now] = runner.get().desks
      if (now?.work.assignmentId !== id) return
      this.#look(now.log.answers)
    }
    this.#holder.set(id, tab.name)
    if (runner.get().conflict) return this.#decide(tab)
    if (this.#source.of === 'project' && this.#source.stage === 'review') await this.#review(tab)
    else await this.#annotate(tab)
  }

  async #annotate(tab: Tab): Promise<void> {
    const token = this.#token()
    const texts = [token.slice(0, 4), `${token} क`, token]
    for (const text of texts.slice(this.#random.below(3))) {
      this.#type(tab, 'why', text)
      if (this.#random.chance(0.5)) await this.#wait(tab, this.#random.below(3000))
    }
    this.#type(tab, 'topic', this.#random.one(['sports', 'politics', 'health']))
    if (this.#random.chance(0.3)) return this.#wait(tab, 1000)
    this.#type(tab, 'why', token)
    const skip = this.#random.chance(0.06)
    this.#finish(
      tab,
      skip ? { kind: 'skip', reason: 'unclear', note: token } : { kind: 'submit' },
      token,
    )
    return this.#wait(tab, this.#random.below(1500))
  }
  async #review(tab: Tab): Promise<void> {
    const token = this.#token()
    const verdict = this.#random.one(['accepted', 'accepted', 'fixed', 'returned'])
    if (verdict === 'fixed') {
      tab.runner.dispatch({ kind: 'fix' })
      this.#type(tab, 'why', token)
      if (this.#random.chance(0.5)) await this.#wait(tab, 1200)
    }
    if (this.#random.chance(0.2)) return
    this.#finish(tab, { kind: 'review', verdict, note: token, marks: [] }, token)
    return this.#wait(tab, this.#random.below(1500))
  }
  #type(tab: Tab, field: string, value: unknown): void {
    if (!this.#tabs.includes(tab)) return
    const { runner } = tab
    const before = runner.get().desks[0]
    this.#wallMs += 100
    runner.dispatch({
      kind: 'change',
      change: { spot: { field }, value, how: 'typing', atMs: this.#wallMs },
    })
    const desk = runner.get().desks[0]
    if (desk && desk === runner.get().desks[0] && before?.work === desk.work)
      this.typed.set(desk.work.assignmentId, desk.log.answers)
  }
  #finish(tab: Tab, act: Act, token: string): void {
    const desk = tab.runner.get().desks[0]
    if (!desk || !this.#tabs.includes(tab)) return
    this.#wallMs += 1
    const key = `${this.#wallMs.toString(36)}-${token}`
    const { assignmentId } = desk.work
    this.handed.push({ key, assignmentId, act, answers: desk.log.answers, token })
    this.typed.delete(assignmentId)
    tab.runner.dispatch({ kind: 'finish', act, key })
  }
  async #wait(tab: Tab, ms: number): Promise<void> {
    tab.clock.pass(ms)
    await this.settle()
  }
  /** What the page puts before the person. */
  #decide({ runner }: Tab): void {
    const { conflict, refused, desks } = runner.get()
    if (conflict && desks.some((d) => d.work.assignmentId === conflict.assignmentId)) {
      this.#look(conflict.theirs.draft ?? conflict.theirs.answers)
      this.conflictsShown += 1
      const keep = this.#random.one(['mine', 'theirs'])
      runner.dispatch({ kind: 'resolve', keep })
      this.#typedIs(conflict.assignmentId, runner)
    }
    const [first] = refused
    if (!first || !this.#random.chance(0.2)) return
    const what = this.#random.one(['send-again', 'open-refused', 'drop-refused'])
    if (what !== 'send-again') this.decided.add(first.key)
    runner.dispatch({ kind: what, key: first.key })
    this.#typedIs(first.work.assignmentId, runner)
  }
  #typedIs(assignmentId: string, runner: Runner): void {
    const desk = runner.get().desks.find((d) => d.work.assignmentId === assignmentId)
    if (desk && this.typed.has(assignmentId)) this.typed.set(assignmentId, desk.log.answers)
    else this.typed.delete(assignmentId)
  }
  #look(answers: Answers): void {
    if (typeof answers['why'] === 'string') this.seen.add(answers['why'])
  }
  /** After a page came back: what was typed must be on a desk, in a conflict, or among the refused. */
  #missing({ runner }: Tab): void {
    const { desks, refused, outbox, conflict } = runner.get()
    for (const desk of desks) this.#look(desk.log.answers)
    for (const [id, answers] of this.typed) {
      const desk = desks.find((d) => d.work.assignmentId === id)
      const set = refused.some((r) => r.work.assignmentId === id && sameJson(r.answers, answers))
      const sent = outbox.some((o) => o.work.assignmentId === id)
      const kept = desk && (sameJson(desk.log.answers, answers) || conflict?.assignmentId === id)
      if (!kept && !set && !sent)
        this.lostDrafts.push(
          `${id} ${JSON.stringify(answers)} ${JSON.stringify(desk?.log.answers)} ${this.#last}`,
        )
      if (!desk) this.typed.delete(id)
    }
  }
  #token(): string {
    this.#made += 1
    return `${this.who.name.replaceAll(' ', '')}-${this.#made}`
  }
  #end({ runner, clock }: Tab): void {
    runner.stop()
    clock.forget()
  }
  #ports(clock: PageClock): Ports {
    const client = createClient({
      routes: contract,
      baseUrl: this.network.url,
      fetch: fetchOver(() => this.cookie, this.network.url),
      pausesMs: [],
    })
    const calls = serverCalls(client)
    const counted = async <T>(work: () => Promise<T>): Promise<T> => {
      this.#pending += 1
      try {
        return await work()
      } finally {
        this.#pending -= 1
      }
    }
    return {
      claim: (count, holding, ahead) =>
        counted(() => calls.claim(this.#source, { count, holding, ...(ahead ? { ahead } : {}) })),
      saveDraft: (desk: Desk) => counted(() => calls.saveDraft(desk)),
      send: (sending) => counted(() => calls.send(sending)),
      get: (at) => counted(() => calls.get(at)),
      journal: this.#memory.journal,
      failureOf,
      later: clock.later,
    }
  }
}
