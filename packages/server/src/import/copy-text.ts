/** Values in the text format of COPY (PostgreSQL manual, COPY, "Text Format"). */

const special = /[\\\n\r\t]/
const specials = /[\\\n\r\t]/g
const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

/** Any text without NUL. */
export const copyText = (text: string): string =>
  special.test(text) ? text.replace(specials, (c) => escapes[c] ?? c) : text

/** JSON made by JSON.stringify: control characters are escaped in it already, so only backslashes are left. */
export const copyJson = (json: string): string =>
  json.includes('\\') ? json.replaceAll('\\', '\\\\') : json
