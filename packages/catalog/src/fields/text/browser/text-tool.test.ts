import { describe, expect, it } from 'vitest'
import { lengthState, typed } from './text-tool.ts'

describe('the text tool', () => {
  it('counts code points, so that an emoji is one and क्षि is four', () => {
    expect(lengthState({ lines: 'one', maxLength: 4 }, 'क्षि')).toEqual({ n: 4, state: 'fits' })
    expect(lengthState({ lines: 'one', minLength: 2 }, '🙂')).toEqual({ n: 1, state: 'under' })
    expect(lengthState({ lines: 'one', maxLength: 1 }, 'ab')?.state).toBe('over')
    expect(lengthState({ lines: 'many' }, 'x')).toBeUndefined()
  })
  it('takes line breaks out of one-line answers and has no answer for emptiness', () => {
    expect(typed({ lines: 'one' }, 'एक\r\nदो')).toBe('एक दो')
    expect(typed({ lines: 'many' }, 'एक\r\nदो')).toBe('एक\nदो')
    expect(typed({ lines: 'many' }, '')).toBeUndefined()
  })
})
