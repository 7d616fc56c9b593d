/**
 * Which statements a connection prepares: those that come again, so that they are parsed and planned
 * once per connection. Not prepared are statements that ask to be planned for their values, and those
 * over long arrays: their best plan depends on what they are given.
 */
import { sql } from 'kysely'

/** At the start of a statement whose best plan depends on its values: filters, limits, ranges. */
export const plannedAnew = sql.raw('/* planned anew */ ')
const asksForPlan = '/* planned anew */'

const longArray = 50
const longText = 20_000

/** Of one connection: texts in the order of their last use, with the names they are prepared under. */
export class PreparedNames {
  readonly #names = new Map<string, string>()
  readonly #seen = new Set<string>()
  readonly #limit: number
  readonly #forget: (name: string) => void
  #made = 0

  /** @param forget told the name of a statement that is not kept any longer */
  constructor(limit: number, forget: (name: string) => void) {
    this.#limit = limit
    this.#forget = forget
  }

  /** The name to send the statement under; undefined: send it without one. A name never returns. */
  nameFor(text: string, values: readonly unknown[]): string | undefined {
    if (text.startsWith(asksForPlan) || text.length > longText) return undefined
    if (values.some((value) => Array.isArray(value) && value.length > longArray)) return undefined
    const known = this.#names.get(text)
    if (known === undefined) return this.#isAgain(text) ? this.#keep(text) : undefined
    this.#names.delete(text)
    this.#names.set(text, known)
    return known
  }

  /** Texts that come once, of whatever shape, push nothing out. */
  #isAgain(text: string): boolean {
    if (this.#seen.delete(text)) return true
    if (this.#seen.size >= this.#limit) this.#seen.clear()
    this.#seen.add(text)
    return false
  }

  #keep(text: string): string {
    this.#made += 1
    const name = `k${this.#made}`
    this.#names.set(text, name)
    const [oldest] = this.#names
    if (this.#names.size > this.#limit && oldest) {
      this.#names.delete(oldest[0])
      this.#forget(oldest[1])
    }
    return name
  }
}
