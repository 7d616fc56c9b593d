import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { seedPerson, type TestApp, testApp } from '@kasauti/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { streamEvents } from './event-stream.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

test('a page that leaves while its stream is being opened leaves nobody listening', async () => {
  const asha = await seedPerson(app, { name: 'Asha' })
  let listening = 0
  const opened = new Promise<void>((resolve, reject) => {
    const server = createServer((_, response) => {
      const subscribe: TestApp['subscribe'] = async (listener) => {
        const stop = await app.subscribe(listener)
        listening++
        response.destroy()
        if (!response.closed) await once(response, 'close')
        return () => {
          listening--
          stop()
        }
      }
      const caller = { userId: asha.userId, name: 'Asha', admin: false }
      streamEvents({ app: { ...app, subscribe }, caller, response, lastEventId: undefined })
        .finally(() => server.close())
        .then(resolve, reject)
    })
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      fetch(`http://127.0.0.1:${port}/`).catch(() => {})
    })
  })
  await opened
  expect(listening).toBe(0)
})
