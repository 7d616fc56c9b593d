// biome-ignore-all lint/suspicious/noControlCharactersInRegex: JSON strings may not hold them
/** Where JSON text stops being JSON: the offset of the first wrong character, `undefined` if it is fine. */
export function jsonErrorAt(text: string): number | undefined {
  const token =
    /[\s]*(?:"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:])/y
  const open: string[] = []
  let state: State = 'value'
  let at = 0
  while (true) {
    const rest = /\s*/y
    rest.lastIndex = at
    const start = at + (rest.exec(text)?.[0].length ?? 0)
    if (start >= text.length)
      return state === 'after' && open.length === 0 ? undefined : text.length
    if (state === 'after' && open.length === 0) return start
    token.lastIndex = at
    const found = token.exec(text)?.[0].trim()
    if (found === undefined) return start
    at = token.lastIndex
    const next = follow(state, found, open)
    if (next === undefined) return start
    state = next
  }
}

/** What may come next. */
type State = 'value' | 'first-value' | 'key' | 'first-key' | 'colon' | 'after'
/** The state after a token, or `undefined` if the token may not stand here. `open` is kept up to date. */
function follow(state: State, token: string, open: string[]): State | undefined {
  const within = open.at(-1)
  switch (state) {
    case 'value':
    case 'first-value':
      if (token === ']' && state === 'first-value') {
        open.pop()
        return 'after'
      }
      if (token === '{' || token === '[') {
        open.push(token)
        return token === '{' ? 'first-key' : 'first-value'
      }
      return /^[}\],:]$/.test(token) ? undefined : 'after'
    case 'key':
    case 'first-key':
      if (token === '}' && state === 'first-key') {
        open.pop()
        return 'after'
      }
      return token.startsWith('"') ? 'colon' : undefined
    case 'colon':
      return token === ':' ? 'value' : undefined
    case 'after':
      if (token === ',') return within === '{' ? 'key' : 'value'
      if ((token === '}' && within === '{') || (token === ']' && within === '[')) {
        open.pop()
        return 'after'
      }
      return undefined
  }
}
