/** Same answers counted: most votes first, then by key. The order of `answers` does not matter. */
export function tally<A>(answers: readonly A[], keyOf: (answer: A) => string): Vote<A>[] {
  const votes = new Map<string, { answer: A; n: number }>()
  for (const answer of answers) {
    const vote = votes.get(keyOf(answer))
    if (vote) vote.n++
    else votes.set(keyOf(answer), { answer, n: 1 })
  }
  return Array.from(votes, ([key, vote]) => ({ key, ...vote }))
    .sort((a, b) => b.n - a.n || (a.key < b.key ? -1 : 1))
    .map(({ answer, n }) => ({ answer, n }))
}
export type Vote<A> = { readonly answer: A; readonly n: number }

/** The answer nearest to all others (least sum of distances); of equals, the first in `votes`. */
export function medoid<A>(
  votes: readonly Vote<A>[],
  distance: (a: A, b: A) => number,
): A | undefined {
  let best: A | undefined
  let least = Number.POSITIVE_INFINITY
  for (const { answer } of votes) {
    const sum = votes.reduce((s, v) => s + v.n * distance(answer, v.answer), 0)
    if (sum < least - 1e-9) {
      best = answer
      least = sum
    }
  }
  return best
}

/** A room whose answers are still of their first version has nothing to bring up to date. */
export function migrateFromFirst(from: number, stored: Stored): Stored {
  if (from !== 1) throw new Error(`no version ${from} of this field was ever written`)
  return stored
}
type Stored = { config: unknown; answer: unknown }
