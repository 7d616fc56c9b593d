/**
 * A person, their machine and the server on one virtual clock: plays a script through the recorder of
 * the page and the server's computation, and reckons the truth from the script alone.
 */
import { activeTime, type Beat, idleCutOffMs, type ReceivedBeat } from '@kasauti/core'
import { Recorder } from '../recorder.ts'

/** What happens, in order. Tabs are named; a tab that is first named is opened on the item, hidden. */
export type Deed =
  | {
      readonly do: 'show' | 'hide' | 'focus' | 'blur' | 'touch' | 'play' | 'pause'
      readonly tab: string
    }
  | { readonly do: 'field'; readonly tab: string; readonly field: string }
  /** The page is loaded anew: another recorder, whose clock starts at zero. */
  | { readonly do: 'reload'; readonly tab: string }
  | { readonly do: 'sleep' | 'wake' | 'offline' | 'online' }
  /** The machine's wall clock is set. */
  | { readonly do: 'set clock'; readonly byMs: number }
export type Script = {
  readonly name: string
  /** Whether the monotonic clock of the browser stops while the machine sleeps; systems differ. */
  readonly asleep: 'clock stops' | 'clock runs'
  readonly deeds: readonly (Deed & { readonly atMs: number })[]
  /** When the item is handed in; if offline then, it arrives when the script goes online, or then. */
  readonly endMs: number
}
export type Outcome = {
  readonly name: string
  readonly truthMs: number
  readonly countedMs: number
  readonly beats: number
  readonly bytes: number
}

const startedAtMs = Date.parse('2026-03-02T03:30:00Z')
const heartbeatMs = 15_000
const item = 'item'

type Presence = { visible: boolean; focused: boolean; playing: boolean; touchedMs: number }
type Tab = { recorder: Recorder; openedMs: number; sleptMs: number; readonly presence: Presence }

class World {
  readonly #script: Script
  readonly #random: () => number
  readonly #tabs = new Map<string, Tab>()
  /** What is in the air: beats that were taken, and when they arrive. */
  readonly #journal: Beat[] = []
  readonly #received: ReceivedBeat[] = []
  #atMs = 0
  #wallOffMs = 0
  #awake = true
  #online = true
  #pages = 0
  #truthMs = 0

  constructor(script: Script, random: () => number) {
    this.#script = script
    this.#random = random
  }

  play(): Outcome {
    const { deeds, endMs, name } = this.#script
    const step = 50
    let next = 0
    for (this.#atMs = 0; this.#atMs < endMs; this.#atMs += step) {
      for (; (deeds[next]?.atMs ?? endMs) <= this.#atMs; next += 1) this.#perform(deeds[next])
      this.#timers()
      if (this.#isActive()) this.#truthMs += step
    }
    for (const tab of this.#tabs.values()) this.#send(tab)
    const lateMs = this.#online ? 0 : 3 * 3600 * 1000
    const endedAtMs = startedAtMs + endMs + lateMs + this.#latencyMs()
    const last = this.#journal.map((beat) => ({ ...beat, receivedAtMs: endedAtMs }))
    const all = [...this.#received, ...last]
    const { activeMs } = activeTime(all, { startedAtMs, endedAtMs })
    return {
      name,
      truthMs: this.#truthMs,
      countedMs: activeMs,
      beats: all.length,
      bytes: JSON.stringify(all).length,
    }
  }

  /** The rule, said of what the script says of the person, at this moment. */
  #isActive(): boolean {
    if (!this.#awake) return false
    return [...this.#tabs.values()].some(
      ({ presence: p }) =>
        p.visible && p.focused && (p.playing || this.#atMs < p.touchedMs + idleCutOffMs),
    )
  }
  #timers(): void {
    if (!this.#awake) return
    for (const tab of this.#tabs.values()) {
      const everyMs = tab.presence.visible ? 1000 : 60_000
      if (this.#atMs % everyMs === 0) tab.recorder.tick()
      if (this.#atMs % heartbeatMs === 0 && this.#online) this.#send(tab)
    }
  }
  /** Beats go to the server, or, out of its reach, into the journal. */
  #send(tab: Tab): void {
    const beats = tab.recorder.take(item)
    if (!this.#online) {
      this.#journal.push(...beats)
      return
    }
    const receivedAtMs = startedAtMs + this.#atMs + this.#latencyMs()
    this.#received.push(...beats.map((beat) => ({ ...beat, receivedAtMs })))
    // Now and then the answer is lost, and the same beats are sent again.
    if (this.#random() > 0.05) tab.recorder.confirm(item, beats)
  }
  #latencyMs = (): number => Math.round(40 + 200 * this.#random() ** 4)

  #tab(name: string): Tab {
    const found = this.#tabs.get(name)
    if (found) return found
    const presence = { visible: false, focused: false, playing: false, touchedMs: -1e9 }
    const made = { ...this.#page(), presence }
    this.#tabs.set(name, made)
    return made
  }
  #page(): Pick<Tab, 'recorder' | 'openedMs' | 'sleptMs'> {
    this.#pages += 1
    const id = `00000000-0000-4000-8000-${String(this.#pages).padStart(12, '0')}`
    const page = { openedMs: this.#atMs, sleptMs: 0 }
    const recorder = new Recorder(id, {
      monotonicMs: () => this.#atMs - page.openedMs - page.sleptMs,
      wallMs: () => startedAtMs + this.#atMs + this.#wallOffMs,
    })
    recorder.inView(item)
    return Object.assign(page, { recorder })
  }
  #perform(deed: Script['deeds'][number] | undefined): void {
    if (!deed) return
    switch (deed.do) {
      case 'sleep':
        this.#awake = false
        break
      case 'wake':
        this.#wake(deed.atMs)
        break
      case 'offline':
        this.#online = false
        break
      case 'online':
        this.#online = true
        break
      case 'set clock':
        this.#wallOffMs += deed.byMs
        break
      case 'reload':
        this.#reload(this.#tab(deed.tab))
        break
      case 'field':
        this.#tab(deed.tab).recorder.page({ field: deed.field })
        break
      default:
        this.#change(this.#tab(deed.tab), deed.do)
    }
  }
  #wake(atMs: number): void {
    this.#awake = true
    if (this.#script.asleep === 'clock runs') return
    const slept = this.#script.deeds.findLast((d) => d.do === 'sleep' && d.atMs < atMs)
    const before = slept?.atMs ?? atMs
    for (const tab of this.#tabs.values()) tab.sleptMs += atMs - before
  }
  #reload(tab: Tab): void {
    const kept = tab.recorder.peek(item)
    const { visible, focused, playing } = tab.presence
    Object.assign(tab, this.#page())
    tab.recorder.restore(item, kept)
    tab.presence.playing = false
    tab.presence.touchedMs = -1e9
    if (playing || visible || focused) tab.recorder.page({ visible, focused, playing: false })
  }
  #change({ recorder, presence }: Tab, what: Extract<Deed, { tab: string }>['do']): void {
    switch (what) {
      case 'show':
      case 'hide':
        presence.visible = what === 'show'
        recorder.page({ visible: presence.visible })
        break
      case 'focus':
      case 'blur':
        presence.focused = what === 'focus'
        recorder.page({ focused: presence.focused })
        break
      case 'play':
      case 'pause':
        presence.playing = what === 'play'
        recorder.page({ playing: presence.playing })
        break
      case 'touch':
        presence.touchedMs = this.#atMs
        recorder.touch()
    }
  }
}

/** @param random 0 to 1, seeded: latencies and lost answers */
export const playScript = (script: Script, random: () => number): Outcome =>
  new World(script, random).play()
