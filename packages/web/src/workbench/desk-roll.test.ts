import { expect, test } from 'vitest'
import { createDeskRoll, type RollChannel } from './desk-roll.ts'

function channels(): () => RollChannel {
  const ears = new Set<Parameters<RollChannel['listen']>[0]>()
  return () => {
    let own: Parameters<RollChannel['listen']>[0] | undefined
    return {
      post: (word) => {
        for (const ear of ears) if (ear !== own) ear(word)
      },
      listen: (hear) => {
        own = hear
        ears.add(hear)
        return () => ears.delete(hear)
      },
    }
  }
}

test('what another tab has on its desk is known, what nobody has is not', async () => {
  const make = channels()
  const one = createDeskRoll(make(), { tab: 'one', mine: () => ['a', 'b', 'c'] })
  createDeskRoll(make(), { tab: 'two', mine: () => ['b'] })
  createDeskRoll(make(), { tab: 'three', mine: () => ['d'] })
  expect([...(await one.elsewhere(['a', 'b', 'c']))]).toEqual(['b'])
})

test('a tab that was closed has nothing', async () => {
  const make = channels()
  const one = createDeskRoll(make(), { tab: 'one', mine: () => [] })
  const two = createDeskRoll(make(), { tab: 'two', mine: () => ['b'] })
  two.close()
  expect((await one.elsewhere(['b'])).size).toBe(0)
})
