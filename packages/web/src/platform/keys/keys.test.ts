import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chordLabel, chordOf, parseChord } from './chord.ts'
import {
  type Command,
  chordsOf,
  commandFor,
  conflicts,
  type Layer,
  liveLayers,
  mayFire,
} from './registry.ts'

const press = (
  code: string,
  held: Partial<
    Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing', boolean>
  > = {},
) => ({
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  ...held,
})
const command = (id: string, keys: string[], more: Partial<Command> = {}): Command => ({
  id,
  title: id,
  keys,
  run: () => undefined,
  ...more,
})
const layer = (scope: Layer['scope'], order: number, ...commands: Command[]): Layer => ({
  scope,
  order,
  commands,
})

test('a chord is the physical key, whatever the layout writes', () => {
  expect(chordOf({ ...press('KeyK', { ctrlKey: true }) }, 'other')).toBe('Mod+KeyK')
  expect(chordOf(press('KeyK', { metaKey: true }), 'apple')).toBe('Mod+KeyK')
  expect(chordOf(press('KeyK', { metaKey: true }), 'other')).toBeUndefined()
  expect(chordOf(press('ShiftLeft', { shiftKey: true }), 'other')).toBeUndefined()
  expect(chordOf(press('NumpadEnter'), 'other')).toBe('Enter')
})

test('written chords come to one order; what is no chord is refused', () => {
  expect(parseChord('Shift+Mod+KeyA')).toBe('Mod+Shift+KeyA')
  expect(parseChord('Ctrl+KeyA')).toBeUndefined()
  expect(parseChord('')).toBeUndefined()
  const held = fc.subarray(['Mod', 'Alt', 'Shift'])
  fc.assert(
    fc.property(held, fc.constantFrom('KeyA', 'Digit1', 'Enter', 'F2', 'Slash'), (m, code) => {
      const chord = parseChord([...m, code].join('+'))
      expect(chord && parseChord(chord)).toBe(chord)
    }),
  )
})

test('chords are written as people know them', () => {
  expect(chordLabel('Shift+Slash', 'other')).toEqual(['?'])
  expect(chordLabel('Mod+KeyK', 'apple')).toEqual(['⌘', 'K'])
  expect(chordLabel('Alt+Digit1', 'other')).toEqual(['Alt', '1'])
})

test('nothing fires while an input method composes', () => {
  const at = {
    layers: [layer('screen', 1, command('a', ['KeyA'], { inText: 'fires' }))],
    rebound: {},
    focus: 'text' as const,
  }
  expect(commandFor(press('KeyA', { isComposing: true }), at)).toBeUndefined()
  expect(commandFor(press('KeyA'), at)?.id).toBe('a')
})

test('typing keeps letters, Enter and Shift chords; Mod, Alt and Escape get through', () => {
  for (const chord of ['KeyA', 'Shift+KeyA', 'Digit1', 'Enter', 'Shift+Slash'])
    expect(mayFire(chord, 'text', {})).toBe(false)
  for (const chord of ['Mod+Enter', 'Alt+KeyA', 'Escape', 'F2'])
    expect(mayFire(chord, 'text', {})).toBe(true)
})

test('a focused button keeps Enter, Space and arrows, but not letters', () => {
  for (const chord of ['Enter', 'Space', 'ArrowDown', 'Escape'])
    expect(mayFire(chord, 'widget', {})).toBe(false)
  for (const chord of ['KeyJ', 'Mod+Enter', 'Shift+Slash'])
    expect(mayFire(chord, 'widget', {})).toBe(true)
})

test('the nearest screen wins, the app is behind, a dialog silences both', () => {
  const app = layer('app', 1, command('app', ['KeyA']))
  const outer = layer('screen', 2, command('outer', ['KeyA', 'KeyB']))
  const inner = layer('screen', 3, command('inner', ['KeyA']))
  const dialog = layer('dialog', 4, command('dialog', ['KeyZ']))
  const find = (code: string, ...layers: Layer[]) =>
    commandFor(press(code), { layers, rebound: {}, focus: 'page' })?.id
  expect(find('KeyA', app, outer, inner)).toBe('inner')
  expect(find('KeyB', inner, outer, app)).toBe('outer')
  expect(find('KeyA', app)).toBe('app')
  expect(find('KeyA', app, outer, inner, dialog)).toBeUndefined()
  expect(find('KeyZ', app, dialog)).toBe('dialog')
  expect(liveLayers([app, inner, outer]).map((l) => l.order)).toEqual([3, 2, 1])
})

test('a command that does not hold now lets the next one have the key', () => {
  const layers = [
    layer('screen', 1, command('a', ['KeyA'], { when: () => false }), command('b', ['KeyA'])),
  ]
  expect(commandFor(press('KeyA'), { layers, rebound: {}, focus: 'page' })?.id).toBe('b')
})

test('rebinding replaces the defaults, an empty binding takes the key away', () => {
  const c = command('a', ['KeyA'])
  expect(chordsOf(c, { a: 'Mod+KeyM KeyM' })).toEqual(['Mod+KeyM', 'KeyM'])
  expect(chordsOf(c, { a: '' })).toEqual([])
  expect(chordsOf(c, { b: 'KeyB' })).toEqual(['KeyA'])
})

test('conflicts name both commands, also after rebinding', () => {
  const list = [command('a', ['KeyA']), command('b', ['KeyB'])]
  expect(conflicts(list, {})).toEqual([])
  expect(conflicts(list, { b: 'KeyA' })).toEqual([{ chord: 'KeyA', ids: ['a', 'b'] }])
})
