import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { errorStatus } from '@kasauti/core'
import { IntlMessageFormat } from 'intl-messageformat'
import ts from 'typescript'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
const read = (file: string): Record<string, string> => JSON.parse(readFileSync(file, 'utf8'))
const catalogue = (locale: 'en' | 'hi') =>
  files
    .filter((f) => basename(f) === `messages.${locale}.json`)
    .flatMap((f) => Object.entries(read(f)))
const english = new Map(catalogue('en'))

type Source = {
  readonly file: string
  readonly literals: Set<string>
  readonly prefixes: string[]
  readonly asked: string[]
  readonly loose: string[]
}

const shownAttributes =
  /^(title|label|placeholder|alt|description|aria-label|aria-description|error)$/
const wordy = /\p{L}{2,}/u
/** Names that stand as they are in every language. */
const untranslated = new Set(['Kasauti', 'कसौटी', 'English', 'हिन्दी'])
const isLoose = (text: string) => wordy.test(text) && !untranslated.has(text.trim())

/** What a source file says about texts: all its string literals, the keys it asks for, and untranslated text. */
function scan(file: string): Source {
  const text = readFileSync(file, 'utf8')
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind)
  const out: Source = { file, literals: new Set(), prefixes: [], asked: [], loose: [] }
  const isT = (node: ts.Expression) =>
    (ts.isIdentifier(node) && node.text === 't') ||
    (ts.isPropertyAccessExpression(node) && node.name.text === 't')
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) out.literals.add(node.text)
    if (ts.isTemplateExpression(node) && /^[a-zA-Z]+\.([\w./-]*)$/.test(node.head.text))
      out.prefixes.push(node.head.text)
    if (ts.isCallExpression(node) && isT(node.expression)) {
      const [key] = node.arguments
      if (key && ts.isStringLiteralLike(key)) out.asked.push(key.text)
    }
    if (
      ts.isPropertyAssignment(node) &&
      node.name.getText() === 'title' &&
      ts.isStringLiteralLike(node.initializer) &&
      /^[a-zA-Z]+\.\w/.test(node.initializer.text)
    )
      out.asked.push(node.initializer.text)
    if (ts.isJsxText(node) && isLoose(node.text)) out.loose.push(node.text.trim())
    const isExampleId =
      ts.isJsxAttribute(node) && /^placeholder="[a-z][a-z0-9_-]*"$/.test(node.getText())
    if (
      !isExampleId &&
      ts.isJsxAttribute(node) &&
      shownAttributes.test(node.name.getText()) &&
      node.initializer &&
      ts.isStringLiteral(node.initializer) &&
      isLoose(node.initializer.text)
    )
      out.loose.push(node.initializer.text)
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return out
}
const sources = files
  .filter((f) => /\.tsx?$/.test(f) && !/\.test\.tsx?$|\.d\.ts$/.test(f))
  .map(scan)

test('every folder has its texts in both languages, under the same keys', () => {
  for (const file of files.filter((f) => /messages\.(en|hi)\.json$/.test(f))) {
    const other = join(
      dirname(file),
      basename(file) === 'messages.en.json' ? 'messages.hi.json' : 'messages.en.json',
    )
    expect(existsSync(other), `${relative(root, other)} is missing`).toBe(true)
    expect(Object.keys(read(file)).sort(), relative(root, file)).toEqual(
      Object.keys(read(other)).sort(),
    )
  }
})

test('no key is defined twice', () => {
  const keys = catalogue('en').map(([key]) => key)
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
})

test('every message is valid ICU and both languages take the same values', () => {
  const names = (message: string): string[] => {
    const found = new Set<string>()
    const walk = (nodes: readonly unknown[]): void => {
      for (const node of nodes as {
        type: number
        value?: string
        options?: Record<string, { value: unknown[] }>
      }[]) {
        if (node.type !== 0 && node.type !== 7 && typeof node.value === 'string')
          found.add(node.value)
        for (const option of Object.values(node.options ?? {})) walk(option.value)
      }
    }
    walk(new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst())
    return [...found].sort()
  }
  for (const [key, hindi] of catalogue('hi'))
    expect(names(hindi), key).toEqual(names(english.get(key) ?? ''))
})

test('Hindi texts are Hindi', () => {
  const foreign = catalogue('hi').filter(
    ([key, text]) =>
      !/\p{Script=Devanagari}/u.test(text.replace(/\{\w+\}/g, '')) &&
      /\p{L}/u.test(text.replace(/\{\w+\}/g, '')) &&
      text !== english.get(key),
  )
  expect(foreign.filter(([key]) => key !== 'frame.otherLanguage')).toEqual([])
})

test('every key that the code asks for exists', () => {
  const missing = sources.flatMap((s) =>
    s.asked.filter((key) => !english.has(key)).map((key) => `${relative(root, s.file)}: ${key}`),
  )
  expect(missing).toEqual([])
})

test('every key is used by the code, whole or by the start of a template', () => {
  const literals = new Set(sources.flatMap((s) => [...s.literals]))
  const prefixes = sources.flatMap((s) => s.prefixes)
  const unused = [...english.keys()].filter(
    (key) => !literals.has(key) && !prefixes.some((p) => key.startsWith(p)),
  )
  expect(unused).toEqual([])
})

test('no text in JSX is untranslated', () => {
  const loose = sources.flatMap((s) => s.loose.map((text) => `${relative(root, s.file)}: ${text}`))
  expect(loose).toEqual([])
})

test('every error code has a text', () => {
  const missing = ['network/unreachable', ...Object.keys(errorStatus)].filter(
    (code) => !english.has(`error.${code}`),
  )
  expect(missing).toEqual([])
})
