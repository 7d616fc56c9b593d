import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clip, countCodePoints, excerpt, graphemes, onOneLine, unstorable } from './index.ts'

const nasty = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1 }),
    fc.constantFrom('क्ष', 'ज़', '👩‍👩‍👧', 'é', '\r\n', 'م', 'क्‍'),
  ),
  maxLength: 60,
})

describe('text', () => {
  it('counts code points as the iterator does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (t) => countCodePoints(t) === [...t].length),
    )
    expect(countCodePoints('\ud800a')).toBe(2)
  })
  it('keeps an akshara whole', () => {
    expect(graphemes('क्षमा')).toEqual(['क्ष', 'मा'])
    expect(clip('क्षमा', 4)).toBe('क्ष…')
    expect(clip('क्षमा', 3)).toBe('…')
    expect(clip('नमस्ते', 6)).toBe('नमस्ते')
  })
  it('clips to the limit, at a grapheme boundary, to a beginning of the text', () => {
    fc.assert(
      fc.property(nasty, fc.integer({ min: 0, max: 80 }), (text, limit) => {
        const short = clip(text, limit)
        expect(countCodePoints(short)).toBeLessThanOrEqual(limit)
        if (short === text || short === '') return
        const kept = graphemes(short.slice(0, -1))
        expect(graphemes(text).slice(0, kept.length)).toEqual(kept)
      }),
    )
  })
  it('clips a long text without reading it all to the nearest boundary', () => {
    const text = 'ab👩‍👩‍👧'.repeat(50_000)
    expect(clip(text, 9)).toBe('ab👩‍👩‍👧a…')
  })
  it('puts text on one line without touching joiners', () => {
    expect(onOneLine('  क्‍ष \n\t b\u00a0c ')).toBe('क्‍ष b c')
  })
  it('makes an excerpt of a text that is mostly space, or huge', () => {
    expect(excerpt(`${' '.repeat(100)}a`, 10)).toBe('…')
    expect(excerpt('a\n b', 10)).toBe('a b')
    expect(excerpt('अआ '.repeat(100_000), 6)).toBe('अआ अआ…')
    fc.assert(
      fc.property(nasty, fc.integer({ min: 1, max: 80 }), (text, limit) => {
        const short = excerpt(text.repeat(20), limit)
        return countCodePoints(short) <= limit && (short.isWellFormed() || !text.isWellFormed())
      }),
    )
  })
  it('names what cannot be stored', () => {
    expect(unstorable('a\u0000')).toMatch(/NUL/)
    expect(unstorable('\ud83d')).toMatch(/surrogate/)
    expect(unstorable('ज़ 👩‍👩‍👧')).toBeUndefined()
  })
})
