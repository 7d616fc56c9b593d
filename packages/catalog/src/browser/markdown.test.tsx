import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Markdown } from './Markdown.tsx'
import { countWords, languageOf } from './writing.ts'

const html = (text: string) => renderToStaticMarkup(<Markdown text={text} />)

describe('Markdown of strangers', () => {
  it('is drawn with tables, lists and code', () => {
    expect(html('| a | b |\n|---|---|\n| 1 | 2 |')).toContain('<table>')
    expect(html('1. एक\n2. दो')).toContain('<ol>')
  })
  it('shows raw HTML as text and loads no picture', () => {
    const drawn = html(
      '<script>alert(1)</script> <img src=x onerror=alert(1)> ![cat](https://example.test/cat.png)',
    )
    expect(drawn).not.toMatch(/<script|<img/)
    expect(drawn).toContain('cat')
  })
  it('opens links elsewhere, telling where they go, and gives no link to other schemes', () => {
    const drawn = html('[here](https://example.test/a)')
    expect(drawn).toContain('rel="noopener noreferrer"')
    expect(drawn).toContain('target="_blank"')
    expect(drawn).toContain('example.test')
    for (const bad of [
      'javascript:alert(1)',
      'data:text/html,x',
      'JaVaScRiPt:alert(1)',
      'file:///etc/passwd',
    ])
      expect(html(`[x](${bad})`)).not.toContain('href')
  })
  it('never makes an element that runs or fetches, whatever is written', () => {
    const pieces = fc.constantFrom(
      '<img src=x>',
      '<iframe>',
      '![',
      '](',
      'javascript:',
      '`',
      '<svg onload=x>',
      '[a](',
      ')',
      '\n',
      '|',
      'क',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
        expect(html(parts.join(''))).not.toMatch(/<(script|img|iframe|svg|object|style|form)/i)
      }),
    )
  })
})

describe('written text', () => {
  it('is Hindi by its script, English by its, and neither for numbers', () => {
    expect(languageOf('कल match कितने बजे है')).toBe('hi')
    expect(languageOf('Please write नमस्ते to her and then go')).toBe('en')
    expect(languageOf('12 %')).toBeUndefined()
  })
  it('counts words of both scripts and not signs', () => {
    expect(countWords('यह एक वाक्य है। It is one — yes.')).toBe(8)
  })
})
