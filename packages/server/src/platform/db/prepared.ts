/**
 * Which statements a connection prepares: those that come again, so that they are parsed and planned
 * once per connection. Not prepared are statements that ask to be planned for their values, and those
 * over long arrays: their best plan depends on what they are given. None is kept long: a plan made
 * for a small table would outlive the table's growing.
 */
import { sql } from 'kysely'

/** At the start of a statement whose best plan depends on its values: filters, limits, ranges. */
export const plannedAnew = sql.raw('/* planned anew */ ')
const asksForPlan = '/* planned anew */'

const longArray = 50
const longText = 20_000

type Kept = { readonly name: string; readonly until: number }
export type PreparedLimits = {
  /** Statements kept at once. */
  readonly atOnce: number
  readonly ageMs: number
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number
  /** Told the name of a statement that is not kept any longer. */
  readonly forget: (name: string) => void
}

/** Of one connection: texts in the order of their last use, with the names they are prepared under. */
export class PreparedNames {
  readonly #kept = new Map<string, Kept>()
  readonly #seen = new Set<string>()
  readonly #limits: PreparedLimits
  #made = 0

  constructor(limits: PreparedLimits) {
    this.#limits = limits
  }

  /** The name to send the statement under; undefined: send it without one. A name never returns. */
  nameFor(text: string, values: readonly unknown[]): string | undefined {
    if (text.startsWith(asksForPlan) || text.length > longText) return undefined
    if (values.some((value) => Array.isArray(value) && value.length > longArray)) return undefined
    const known = this.#kept.get(text)
    if (known === undefined) return this.#isAgain(text) ? this.#keep(text) : undefined
    this.#kept.delete(text)
    if (known.until <= this.#limits.now()) {
      this.#limits.forget(known.name)
      return this.#keep(text)
    }
    this.#kept.set(text, known)
    return known.name
  }

  /** Texts that come once, of whatever shape, push nothing out. */
  #isAgain(text: string): boolean {
    if (this.#seen.delete(text)) return true
    if (this.#seen.size >= this.#limits.atOnce) this.#seen.clear()
    this.#seen.add(text)
    return false
  }

  #keep(text: string): string {
    const { atOnce, ageMs, now, forget } = this.#limits
    this.#made += 1
    const name = `k${this.#made}`
    this.#kept.set(text, { name, until: now() + ageMs })
    const [oldest] = this.#kept
    if (this.#kept.size > atOnce && oldest) {
      this.#kept.delete(oldest[0])
      forget(oldest[1].name)
    }
    return name
  }
}
