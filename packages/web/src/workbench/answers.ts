/** Answers of one annotation and the places in them. */
export type Answers = Readonly<Record<string, unknown>>
/** One thing asked: a field of the item, or of one of its turns. */
export type Spot = { readonly field: string; readonly turn?: string | undefined }

export const spotKey = (spot: Spot): string =>
  spot.turn === undefined ? spot.field : `${spot.field}.${spot.turn}`
export const sameSpot = (a: Spot | undefined, b: Spot | undefined): boolean =>
  a?.field === b?.field && a?.turn === b?.turn

const isRecord = (x: unknown): x is Readonly<Record<string, unknown>> =>
  typeof x === 'object' && x !== null && !Array.isArray(x)

export function readSpot(answers: Answers, spot: Spot): unknown {
  const answer = answers[spot.field]
  if (spot.turn === undefined) return answer
  return isRecord(answer) ? answer[spot.turn] : undefined
}

const put = (of: Answers, key: string, value: unknown): Answers => {
  const { [key]: _, ...rest } = of
  return value === undefined ? rest : { ...of, [key]: value }
}

/** The answers with one changed; `undefined` takes it out, and a field of turns with it when it is the last. */
export function writeSpot(answers: Answers, spot: Spot, value: unknown): Answers {
  if (spot.turn === undefined) return put(answers, spot.field, value)
  const before = answers[spot.field]
  const turns = put(isRecord(before) ? before : {}, spot.turn, value)
  return put(answers, spot.field, Object.keys(turns).length === 0 ? undefined : turns)
}

/** Same JSON, whatever the order of keys; members that are `undefined` do not count. */
export function sameJson(a: unknown, b: unknown): boolean {
  // Zero has one sign in JSON.
  if (a === b || Object.is(a, b)) return true
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((x, i) => sameJson(x, b[i]))
    )
  if (!isRecord(a) || !isRecord(b)) return false
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every((k) => sameJson(a[k], b[k]))
}

const canonical = (x: unknown): unknown =>
  Array.isArray(x)
    ? x.map(canonical)
    : isRecord(x)
      ? Object.fromEntries(
          Object.keys(x)
            .sort()
            .map((k) => [k, canonical(x[k])]),
        )
      : x

/**
 * A short name for answers: equal for the same JSON, and for no others that will ever be met (two
 * multiplicative hashes of 32 bits each, and the length).
 */
export function digestOf(answers: Answers): string {
  const text = JSON.stringify(canonical(answers))
  let a = 0x9e3779b9
  let b = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    a = Math.imul(a ^ c, 0x85ebca6b)
    a ^= a >>> 13
    b = Math.imul(b ^ c, 0x01000193)
  }
  return `${(a >>> 0).toString(36)}-${(b >>> 0).toString(36)}-${text.length.toString(36)}`
}
