import { describe, expect, it } from 'vitest'
import { codedProblem, problemTexts, readProblem } from './index.ts'

const samples: Readonly<Record<string, string>> = { min: '2', max: '40', n: '3' }
const filled = (text: string) =>
  text.replaceAll(/\{([a-zA-Z]+)\}/g, (_, name: string) => samples[name] ?? `some ${name}`)

describe('problem codes', () => {
  it.each(Object.entries(problemTexts))('%s is read out of its own text', (code, text) => {
    expect(readProblem(filled(text))?.code).toBe(code)
  })
  it('gives values back, numbers as numbers', () => {
    expect(readProblem('must have at least 5 characters, has 2')).toEqual({
      code: 'too-short-now',
      params: { min: 5, n: 2 },
    })
    expect(readProblem('topic is the id of fields.0 already')?.params).toEqual({
      id: 'topic',
      other: 'fields.0',
    })
  })
  it('keeps literal braces apart from values', () => {
    expect(readProblem('must be { better } or { tie }')).toEqual({ code: 'pair-shape', params: {} })
  })
  it('leaves what no code names, and what quotes pages of data, as it is', () => {
    const strange = { path: 'a', message: 'quite unheard of' }
    expect(codedProblem(strange)).toBe(strange)
    expect(readProblem(`must be ${'x'.repeat(2000)}`)).toBeUndefined()
  })
  it('adds code and values beside the message', () => {
    expect(codedProblem({ path: 'a', message: 'is required' })).toEqual({
      path: 'a',
      message: 'is required',
      code: 'required',
    })
  })
})
