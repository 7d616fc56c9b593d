// @vitest-environment jsdom
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, expect, test } from 'vitest'
import { focusOf, listenForKeys, rebindKeys, useCommands } from './index.ts'

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
const ended: (() => void)[] = []
afterEach(() => {
  for (const end of ended.splice(0)) end()
  rebindKeys({})
})

const ran: string[] = []
function Inner() {
  useCommands([{ id: 'inner', title: 'x', keys: ['KeyA'], run: () => ran.push('inner') }])
  return <input id="box" />
}
function Outer({ inner, count }: { readonly inner: 'there' | 'gone'; readonly count: number }) {
  useCommands([
    { id: 'outer', title: 'x', keys: ['KeyA', 'Mod+KeyS'], run: () => ran.push(`outer ${count}`) },
  ])
  return inner === 'there' ? <Inner /> : null
}

function show() {
  const place = document.createElement('div')
  document.body.append(place)
  const root = createRoot(place)
  const stop = listenForKeys()
  ended.push(() => {
    act(() => root.unmount())
    place.remove()
    stop()
    ran.length = 0
  })
  return (inner: 'there' | 'gone', count: number) =>
    act(() => root.render(<Outer inner={inner} count={count} />))
}
function press(code: string, more: KeyboardEventInit = {}, target: EventTarget = document.body) {
  act(() => {
    target.dispatchEvent(
      new KeyboardEvent('keydown', { code, bubbles: true, cancelable: true, ...more }),
    )
  })
}

test('the nested component wins a shared key from its first render on, and gives it back', () => {
  const render = show()
  render('there', 1)
  press('KeyA')
  render('gone', 1)
  press('KeyA')
  render('there', 1)
  press('KeyA')
  expect(ran).toEqual(['inner', 'outer 1', 'inner'])
})

test('a command runs what the last render gave it', () => {
  const render = show()
  render('gone', 1)
  render('gone', 2)
  press('KeyA')
  expect(ran).toEqual(['outer 2'])
})

test('a text box keeps its letters, Ctrl chords get through, composing keeps everything', () => {
  show()('there', 1)
  const box = document.getElementById('box') as HTMLInputElement
  expect(focusOf(box)).toBe('text')
  press('KeyA', {}, box)
  press('KeyS', { ctrlKey: true, isComposing: true }, box)
  expect(ran).toEqual([])
  press('KeyS', { ctrlKey: true }, box)
  expect(ran).toEqual(['outer 1'])
})

test('a rebound key takes the place of the default', () => {
  show()('gone', 1)
  act(() => rebindKeys({ outer: 'KeyB' }))
  press('KeyA')
  press('KeyB')
  expect(ran).toEqual(['outer 1'])
})

test('an open modal silences the screen below it', () => {
  show()('gone', 1)
  const modal = document.createElement('div')
  modal.setAttribute('role', 'dialog')
  modal.setAttribute('aria-modal', 'true')
  document.body.append(modal)
  press('KeyA')
  modal.remove()
  expect(ran).toEqual([])
  press('KeyA')
  expect(ran).toEqual(['outer 1'])
})
