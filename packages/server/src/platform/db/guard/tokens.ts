/** SQL text as a tree of tokens: what lies between brackets, or between CASE and END, is one group. */

export type Token =
  /** A name or keyword; lower case unless it was quoted. */
  | { readonly is: 'word'; readonly text: string; readonly quoted: boolean }
  | { readonly is: 'parameter' }
  | { readonly is: 'text' }
  | { readonly is: 'number' }
  | { readonly is: 'mark'; readonly text: string }
  | { readonly is: 'group'; readonly open: '(' | '[' | 'case'; readonly inner: readonly Token[] }

export type Parsed = { readonly tokens: readonly Token[]; readonly comments: readonly string[] }

/** Text that cannot be read as SQL. */
export class UnreadableSql extends Error {}

const patterns = {
  space: /\s+/y,
  lineComment: /--[^\n]*/y,
  text: /(?:[bnx]|u&)?'[^']*(?:''[^']*)*'/iy,
  escapedText: /e'[^'\\]*(?:(?:''|\\[\s\S])[^'\\]*)*'/iy,
  dollar: /\$([\p{L}_][\p{L}\p{N}_]*)?\$/uy,
  parameter: /\$\d+/y,
  quoted: /"((?:[^"]|"")+)"/y,
  word: /[\p{L}_][\p{L}\p{N}_$]*/uy,
  number: /\d[\d_]*(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+/iy,
  mark: /::|:=|=>|[-+*/<>=~!@#%^&|`?]+|[.,;:]/y,
} as const

type Frame = { readonly open: '(' | '[' | 'case'; readonly inner: Token[] }

/** Read a text. Throws UnreadableSql on anything unbalanced or unknown: the guard then refuses. */
export function parse(sql: string): Parsed {
  const root: Token[] = []
  const frames: Frame[] = []
  const comments: string[] = []
  let at = 0
  const match = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(sql)
    if (found === null) return undefined
    at += found[0].length
    return found
  }
  const add = (token: Token) => (frames.at(-1)?.inner ?? root).push(token)
  const open = (kind: Frame['open']) => frames.push({ open: kind, inner: [] })
  const close = (kind: Frame['open']) => {
    const frame = frames.pop()
    if (frame?.open !== kind) throw new UnreadableSql('brackets do not match')
    add({ is: 'group', open: kind, inner: frame.inner })
  }
  const word = (text: string) => {
    if (text === 'case') open('case')
    else if (text === 'end' && frames.at(-1)?.open === 'case') close('case')
    else add({ is: 'word', text, quoted: false })
  }
  const bracket = () => {
    const c = sql[at]
    if (c === '(' || c === '[') open(c)
    else if (c === ')') close('(')
    else if (c === ']') close('[')
    else throw new UnreadableSql(`unexpected ${JSON.stringify(c)}`)
    at++
  }
  const dollarText = (fence: string) => {
    const end = sql.indexOf(fence, at)
    if (end < 0) throw new UnreadableSql('a text does not end')
    at = end + fence.length
    add({ is: 'text' })
  }
  while (at < sql.length) {
    if (match(patterns.space) || match(patterns.lineComment)) continue
    if (sql.startsWith('/*', at)) {
      const end = endOfComment(sql, at)
      comments.push(sql.slice(at + 2, end - 2))
      at = end
      continue
    }
    if (match(patterns.escapedText) || match(patterns.text)) {
      add({ is: 'text' })
      continue
    }
    const dollar = match(patterns.dollar)
    if (dollar) {
      dollarText(dollar[0])
      continue
    }
    if (match(patterns.parameter)) {
      add({ is: 'parameter' })
      continue
    }
    const quoted = match(patterns.quoted)
    if (quoted) {
      add({ is: 'word', text: (quoted[1] ?? '').replaceAll('""', '"'), quoted: true })
      continue
    }
    const name = match(patterns.word)
    if (name) {
      word(name[0].toLowerCase())
      continue
    }
    if (match(patterns.number)) {
      add({ is: 'number' })
      continue
    }
    const mark = matchMark(sql, at)
    if (mark !== undefined) {
      at += mark.length
      add({ is: 'mark', text: mark })
      continue
    }
    bracket()
  }
  if (frames.length > 0) throw new UnreadableSql('brackets do not match')
  return { tokens: root, comments }
}

/** An operator ends where a comment begins. */
function matchMark(sql: string, at: number): string | undefined {
  patterns.mark.lastIndex = at
  const found = patterns.mark.exec(sql)?.[0]
  if (found === undefined) return undefined
  const comment = [found.indexOf('--'), found.indexOf('/*')].filter((i) => i > 0)
  return comment.length > 0 ? found.slice(0, Math.min(...comment)) : found
}

/** Block comments nest in PostgreSQL. */
function endOfComment(sql: string, from: number): number {
  let depth = 0
  for (let at = from; at < sql.length; at++) {
    if (sql.startsWith('/*', at)) {
      depth++
      at++
    } else if (sql.startsWith('*/', at)) {
      depth--
      at++
      if (depth === 0) return at + 1
    }
  }
  throw new UnreadableSql('a comment does not end')
}

export const isWord = (token: Token | undefined, ...texts: readonly string[]): boolean =>
  token?.is === 'word' && !token.quoted && texts.includes(token.text)
export const isMark = (token: Token | undefined, text: string): boolean =>
  token?.is === 'mark' && token.text === text

const queryStarts = ['select', 'with', 'values', 'insert', 'update', 'delete', 'merge', 'table']
export const startsQuery = (tokens: readonly Token[]): boolean => isWord(tokens[0], ...queryStarts)

/** Cut at the separators on this level. */
export function split(
  tokens: readonly Token[],
  separates: (token: Token, at: number) => boolean,
): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]]
  for (const [at, token] of tokens.entries()) {
    if (separates(token, at)) parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts
}

export const splitAtCommas = (tokens: readonly Token[]): readonly (readonly Token[])[] =>
  split(tokens, (token) => isMark(token, ','))
