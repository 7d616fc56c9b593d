import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isAnswerKey, rebindable } from './rebindable.ts'
import { conflicts } from './registry.ts'

const root = join(import.meta.dirname, '../..')
const source = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((f) => f.endsWith('.tsx'))
  .map((f) => readFileSync(join(root, f), 'utf8'))
  .join('\n')

/** Commands as the screens define them: `id: 'x', title: 'y', keys: [...]`, in this order. */
const defined = [
  ...source.matchAll(/id: '([\w.]+)',\s*title: '([\w.]+)',\s*keys: \[([^\]]*)\]/g),
].map(([, id, title, keys]) => ({
  id: id ?? '',
  title: title ?? '',
  keys: [...(keys ?? '').matchAll(/'([^']+)'/g)].map(([, key]) => key ?? ''),
}))

test('what can be rebound is what the screens define, with the same defaults', () => {
  expect(defined.length).toBeGreaterThan(8)
  for (const { id, title, keys } of rebindable)
    expect(defined, `command ${id}`).toContainEqual({ id, title, keys: [...keys] })
})

test('no default key clashes on any screen', () => {
  const app = rebindable.filter((c) => c.scope === 'app')
  for (const scope of new Set(rebindable.map((c) => c.scope)))
    expect(conflicts([...app, ...rebindable.filter((c) => c.scope === scope)], {}), scope).toEqual(
      [],
    )
})

test('no command of the workbench has a key that answers a field', () => {
  const taken = rebindable.filter(
    (c) => c.scope === 'workbench' && c.keys.some((chord) => isAnswerKey(chord)),
  )
  expect(taken).toEqual([])
})

test('digits, letters of options and arrows are the fields’; with Ctrl or Alt they are free', () => {
  for (const chord of ['Digit1', 'Digit9', 'KeyB', 'KeyZ', 'Shift+KeyC', 'ArrowLeft', 'Backspace'])
    expect(isAnswerKey(chord), chord).toBe(true)
  for (const chord of ['KeyF', 'KeyJ', 'KeyS', 'Mod+KeyB', 'Alt+Digit1', 'F4', 'Semicolon'])
    expect(isAnswerKey(chord), chord).toBe(false)
})
