import { describe, expect, it } from 'vitest'
import { compareTexts } from './compare.ts'
import { mergeTexts } from './merge.ts'

const distance = (a: string, b: string) => compareTexts(a, b).distance

describe('text', () => {
  it('counts edits of graphemes over the longer length', () => {
    expect(distance('kitten', 'sitting')).toBeCloseTo(3 / 7)
    expect(distance('क्षमा', 'रमा')).toBe(1 / 2)
    expect(distance('👩‍👩‍👧ok', '👨‍👩‍👧ok')).toBeCloseTo(1 / 3)
    expect(distance('', 'abc')).toBe(1)
  })
  it('finds composed and decomposed writing the same', () => {
    expect(distance('é', 'e\u0301')).toBe(0)
    expect(distance('\u0958', '\u0915\u093c')).toBe(0)
  })
  it('compares long texts by words, and very long ones without their order', () => {
    const words = (n: number, step: number) => Array.from({ length: n }, (_, i) => `w${i * step}`)
    const long = words(1500, 1).join(' ')
    expect(distance(`first ${long} last`, `erste ${long} letzte`)).toBeCloseTo(2 / 1502)
    const a = words(30_000, 2)
    const b = [...a].reverse()
    expect(distance(a.join(' '), `${b.slice(1).join(' ')} new`)).toBeCloseTo(1 / 30_000)
  })
  it('merges to the text in the middle', () => {
    expect(mergeTexts(['दिल्ली', 'दिल्ली', 'मुंबई'])?.answer).toBe('दिल्ली')
    expect(mergeTexts(['abcd', 'abce', 'xyz', 'abcf'])?.answer).toBe('abcd')
  })
})
