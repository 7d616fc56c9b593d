/**
 * How many requests change something at the same moment. More than a few per processor only make one
 * another slower and hold their locks longer; who waits here holds nothing. The pool has more
 * connections than this, so a request in its transaction may always ask for a second one.
 */
import { availableParallelism } from 'node:os'
import type { App } from '../app.ts'

export const changesAtOnce = Math.min(24, Math.max(8, 4 * availableParallelism()))

export class Gate {
  #free: number
  readonly #waiting: (() => void)[] = []
  constructor(atOnce: number) {
    this.#free = atOnce
  }
  /** Runs `work` when it is its turn, first come first served. */
  async through<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#free += 1
    }
  }
}

const gates = new WeakMap<App, Gate>()

export function gateOf(app: App): Gate {
  const found = gates.get(app) ?? new Gate(changesAtOnce)
  gates.set(app, found)
  return found
}
