import { expect, test } from 'vitest'
import { Gate } from './gate.ts'

test('so many at once and no more, first come first served, failures leave their place', async () => {
  const gate = new Gate(2)
  let inside = 0
  let most = 0
  const order: number[] = []
  const work = (n: number) => async () => {
    order.push(n)
    inside += 1
    most = Math.max(most, inside)
    await new Promise((resolve) => setImmediate(resolve))
    inside -= 1
    if (n % 3 === 0) throw new Error(`no ${n}`)
    return n
  }
  const all = Array.from({ length: 20 }, (_, n) => gate.through(work(n)))
  const done = await Promise.allSettled(all)
  expect(most).toBe(2)
  expect(order).toEqual(Array.from({ length: 20 }, (_, n) => n))
  expect(done.map((d) => d.status === 'fulfilled')).toEqual(order.map((n) => n % 3 !== 0))
  await expect(gate.through(work(1))).resolves.toBe(1)
})
