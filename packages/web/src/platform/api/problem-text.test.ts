import { problemTexts } from '@kasauti/core'
import { expect, test } from 'vitest'
import { translator } from '../i18n/index.ts'
import english from './messages.en.json' with { type: 'json' }
import hindi from './messages.hi.json' with { type: 'json' }
import { problemText, reasonText } from './problem-text.ts'

const en = translator('en', english)
const hi = translator('hi', hindi)
const texts = Object.entries(problemTexts)

test('every problem has a text in both languages, and the English one is the message', () => {
  for (const [code, message] of texts) {
    const names = [...message.matchAll(/\{([a-zA-Z]+)\}/g)].map((m) => m[1] ?? '')
    const params = Object.fromEntries(names.map((name) => [name, `<${name}>`]))
    const filled = names.reduce((s, name) => s.replace(`{${name}}`, `<${name}>`), message)
    expect(en(`problem.${code}`, params), code).toBe(filled)
    const text = hi(`problem.${code}`, params)
    expect(text, code).toMatch(/\p{Script=Devanagari}/u)
    for (const name of names) expect(text, code).toContain(`<${name}>`)
  }
})

test('what no code names stays as it is', () => {
  expect(problemText({ path: 'a', message: 'quite unheard of' }, hi)).toBe('quite unheard of')
})

test('an older message without a code is read', () => {
  expect(problemText({ path: 'a', message: 'must have at most 40 characters' }, hi)).toBe(
    'ज़्यादा से ज़्यादा 40 अक्षर हो सकते हैं',
  )
})

test('the reason of a refused row is told part by part', () => {
  expect(reasonText('chat.candidates: must be exactly 2 to compare, there are 3; x: odd', hi)).toBe(
    'chat.candidates: तुलना के लिए ठीक 2 चाहिए, यहाँ 3 हैं; x: odd',
  )
  expect(reasonText('Row has 2 cells; the header has 3', hi)).toBe('पंक्ति में 2 खाने हैं; शीर्ष-पंक्ति में 3')
})
