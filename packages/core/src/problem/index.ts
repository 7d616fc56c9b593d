import { problemTexts } from './texts.ts'

export { problemTexts }
export type ProblemCode = keyof typeof problemTexts
export type ProblemParams = Readonly<Record<string, string | number>>

/**
 * A place in the input that is wrong, as a JSON path without `$`: `fields.0.config.levels`, `row 7`.
 * `message` is English; `code` and `params` say the same for interfaces in other languages, and are
 * left out of what no code names.
 */
export type Problem = {
  readonly path: string
  readonly message: string
  readonly code?: ProblemCode
  readonly params?: ProblemParams
}
export type ProblemReading = { readonly code: ProblemCode; readonly params: ProblemParams }

type Pattern = { readonly code: ProblemCode; readonly shape: RegExp }
const literal = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^|{}]/g, '\\$&')

/** `{name}` takes any text; what is literal stands for itself, braces with spaces in them too. */
function patternOf(code: ProblemCode, text: string): Pattern {
  const parts = text
    .split(/(\{[a-zA-Z]+\})/)
    .map((part, i) => (i % 2 === 1 ? `(?<${part.slice(1, -1)}>.+?)` : literal(part)))
  return { code, shape: new RegExp(`^${parts.join('')}$`, 's') }
}

const isFixed = (text: string): boolean => !/\{[a-zA-Z]+\}/.test(text)
const texts = Object.entries(problemTexts) as [ProblemCode, string][]
const fixed = new Map(texts.filter(([, text]) => isFixed(text)).map(([code, text]) => [text, code]))
let made: readonly Pattern[] | undefined
const patterns = (): readonly Pattern[] => {
  made ??= texts.filter(([, text]) => !isFixed(text)).map(([code, text]) => patternOf(code, text))
  return made
}

/** Numbers come back as numbers, so that languages can group their digits and choose plurals. */
const readValue = (text: string): string | number =>
  /^-?\d{1,15}$/.test(text) ? Number(text) : text

/** Longer messages quote data; they are shown as they are. */
const longest = 1000

/** The code and the values in an English message; `undefined` if no code says this. */
export function readProblem(message: string): ProblemReading | undefined {
  const exact = fixed.get(message)
  if (exact) return { code: exact, params: {} }
  if (message.length > longest) return undefined
  for (const { code, shape } of patterns()) {
    const found = shape.exec(message)
    if (!found) continue
    const params = Object.entries(found.groups ?? {}).map(([k, v]) => [k, readValue(v)] as const)
    return { code, params: Object.fromEntries(params) }
  }
  return undefined
}

/** The same problem with its code and values. */
export function codedProblem(problem: Problem): Problem {
  if (problem.code) return problem
  const reading = readProblem(problem.message)
  if (!reading) return problem
  return Object.keys(reading.params).length > 0
    ? { ...problem, ...reading }
    : { ...problem, code: reading.code }
}
