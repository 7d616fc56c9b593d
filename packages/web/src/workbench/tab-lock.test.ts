import { describe, expect, it } from 'vitest'
import { type Channel, createTabLock } from './tab-lock.ts'

type Hear = Parameters<Channel['listen']>[0]
function makeBus() {
  const ears = new Set<Hear>()
  const channel = (): Channel => {
    let own: Hear | undefined
    return {
      post: (word) => {
        for (const hear of ears) if (hear !== own) hear(word)
      },
      listen(hear) {
        own = hear
        ears.add(hear)
        return () => ears.delete(hear)
      },
    }
  }
  return channel
}

describe('two tabs on one assignment', () => {
  it('the second is told, may take it over, and then the first is told', () => {
    const channel = makeBus()
    const first = createTabLock(channel(), 'one', () => undefined)
    const second = createTabLock(channel(), 'two', () => undefined)
    first.open('asg')
    second.open('asg')
    expect([first.heldElsewhere().has('asg'), second.heldElsewhere().has('asg')]).toEqual([
      false,
      true,
    ])
    second.take('asg')
    expect([first.heldElsewhere().has('asg'), second.heldElsewhere().has('asg')]).toEqual([
      true,
      false,
    ])
  })
  it('tabs on different assignments leave each other alone, and a closed tab holds nothing', () => {
    const channel = makeBus()
    const first = createTabLock(channel(), 'one', () => undefined)
    const second = createTabLock(channel(), 'two', () => undefined)
    first.open('a')
    second.open('b')
    expect(second.heldElsewhere().size).toBe(0)
    first.close()
    second.open('a')
    expect(second.heldElsewhere().size).toBe(0)
  })
})
