/** The marks of one item in one tab, gathered into beats that are kept until they are confirmed. */
import {
  type ActivityMark,
  type Beat,
  beatsPerSending,
  idleCutOffMs,
  marksPerBeat,
} from '@kasauti/core'

const nameOf = (beat: Beat): string => `${beat.tab} ${beat.seq}`

export class BeatLog {
  readonly #tab: string
  #seq = 0
  /** How things stood when the open beat began: so that a beat that gets lost costs its own time only. */
  #opening: readonly ActivityMark[] = []
  #marks: ActivityMark[] = []
  #unconfirmed: readonly Beat[] = []
  /** Where the open beat begins. */
  openedMs: number

  constructor(tab: string, atMs: number) {
    this.#tab = tab
    this.openedMs = atMs
  }

  add(mark: ActivityMark): void {
    const [first, last] = this.#marks.slice(-2)
    const touching = [first, last, mark].every((m) => m?.[1] === 'touch')
    // Between two touches less than a cut-off apart, others tell nothing.
    if (touching && first && mark[0] - first[0] <= idleCutOffMs) this.#marks.pop()
    this.#marks.push(mark)
  }
  get marked(): boolean {
    return this.#marks.length > 0
  }
  get full(): boolean {
    return this.#opening.length + this.#marks.length >= marksPerBeat - 1
  }
  get waits(): boolean {
    return this.#unconfirmed.length > 0
  }
  beat(atMs: number, wallMs: number): Beat {
    const marks = [...this.#opening, ...this.#marks]
    return { tab: this.#tab, seq: this.#seq, sentMs: atMs, wallMs: Math.round(wallMs), marks }
  }
  /** @param standing how things stand for the beat that begins */
  close(beat: Beat, standing: readonly ActivityMark[]): void {
    this.#unconfirmed = [...this.#unconfirmed, beat]
    this.#seq += 1
    this.#opening = standing
    this.#marks = []
    this.openedMs = beat.sentMs
  }
  unconfirmed(open: readonly Beat[] = []): readonly Beat[] {
    return [...this.#unconfirmed, ...open].slice(-beatsPerSending)
  }
  confirm(beats: readonly Beat[]): void {
    const names = new Set(beats.map(nameOf))
    this.#unconfirmed = this.#unconfirmed.filter((b) => !names.has(nameOf(b)))
  }
  restore(beats: readonly Beat[]): void {
    const names = new Set(this.#unconfirmed.map(nameOf))
    this.#unconfirmed = [...beats.filter((b) => !names.has(nameOf(b))), ...this.#unconfirmed]
  }
}
