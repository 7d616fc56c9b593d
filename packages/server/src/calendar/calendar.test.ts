import { encodeId, guessedWorkHours } from '@kasauti/core'
import type { Person } from '@kasauti/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { furnish, type House, house } from '../fixtures/index.ts'

let h: House
let room: { path: string; people: Record<'asha' | 'lead' | 'other', Person>; owner: Person }
beforeAll(async () => {
  h = await house()
  room = await furnish(h, {
    people: { asha: ['associate'], lead: ['lead'], other: ['associate'] },
    items: 1,
  })
})
afterAll(() => h?.close())

const night = {
  zone: 'Europe/Berlin',
  week: [
    [
      [0, 120],
      [1320, 1440],
    ],
    [],
    [],
    [],
    [],
    [],
    [],
  ],
}
const memberPath = (who: Person) => `${room.path}/members/${encodeId('usr', who.userId)}/calendar`

test('hours are a guess until their person says them', async () => {
  const { asha, lead } = room.people
  const before = await h.call(asha, 'GET', '/me/calendar')
  expect(before.json.hours).toEqual({ ...guessedWorkHours, source: 'guess' })
  const said = await h.call(asha, 'PUT', '/me/working-hours', night)
  expect(said.json).toMatchObject({ ...night, source: 'said' })
  const seen = await h.call(lead, 'GET', memberPath(asha))
  expect(seen.json.hours).toMatchObject({ ...night, source: 'said' })
})

test('hours that overlap or lie in no zone are refused', async () => {
  const { asha } = room.people
  const overlapping = {
    ...night,
    week: [
      [
        [0, 120],
        [60, 180],
      ],
      [],
      [],
      [],
      [],
      [],
      [],
    ],
  }
  for (const bad of [overlapping, { ...night, zone: 'Mars/Base' }, { ...night, week: [] }])
    expect((await h.call(asha, 'PUT', '/me/working-hours', bad)).status).toBe(400)
})

test('an associate sees nobody else, and a lead nobody outside the project', async () => {
  const { asha, lead, other } = room.people
  expect((await h.call(other, 'GET', memberPath(asha))).status).toBe(403)
  const stranger = await furnish(h, { people: { far: ['associate'] }, items: 1 })
  const answer = await h.call(lead, 'GET', memberPath(stranger.people.far))
  expect(answer).toMatchObject({ status: 404, json: { code: 'member/not-found' } })
})

test('days off are taken and given back by their person alone', async () => {
  const { asha, other } = room.people
  const body = { firstDay: '2026-03-03', lastDay: '2026-03-05', title: 'होली' }
  const made = await h.call(asha, 'POST', '/me/days-off', body)
  expect(made.json).toMatchObject({ ...body, holiday: false })
  const path = `/me/days-off/${made.json.dayOffId}`
  expect((await h.call(other, 'DELETE', path)).json.code).toBe('calendar/not-found')
  expect((await h.call(room.owner, 'DELETE', `/holidays/${made.json.dayOffId}`)).status).toBe(404)
  expect((await h.call(asha, 'GET', '/me/calendar')).json.daysOff).toHaveLength(1)
  expect((await h.call(other, 'GET', '/me/calendar')).json.daysOff).toHaveLength(0)
  expect((await h.call(asha, 'DELETE', path)).status).toBe(200)
  expect((await h.call(asha, 'DELETE', path)).status).toBe(404)
})

test('a range runs forward and is at most a year', async () => {
  const { asha } = room.people
  for (const [firstDay, lastDay] of [
    ['2026-03-05', '2026-03-04'],
    ['2026-01-01', '2028-01-01'],
  ]) {
    const answer = await h.call(asha, 'POST', '/me/days-off', { firstDay, lastDay })
    expect(answer).toMatchObject({ status: 422, json: { code: 'calendar/invalid' } })
    expect(answer.json.problems[0].path).toBe('body.lastDay')
  }
})

test('the calendar of a team counts hours, days off and holidays of everybody', async () => {
  const { asha, lead, other } = room.people
  const holiday = { firstDay: '2026-08-17', lastDay: '2026-08-17', title: 'Founding day' }
  expect((await h.call(asha, 'POST', '/holidays', holiday)).status).toBe(403)
  const made = await h.call(room.owner, 'POST', '/holidays', holiday)
  await h.call(other, 'POST', '/me/days-off', { firstDay: '2026-08-19', lastDay: '2026-08-30' })
  const answer = await h.call(lead, 'GET', `${room.path}/calendar?from=2026-08-17&days=7`)
  const row = (who: Person) =>
    answer.json.rows.find((r: { userId: string }) => r.userId === encodeId('usr', who.userId))
  expect(row(lead).minutes).toEqual([0, 450, 450, 450, 450, 0, 0])
  expect(row(other).minutes).toEqual([0, 450, 0, 0, 0, 0, 0])
  expect(row(other).daysOff.map((d: { holiday: boolean }) => d.holiday)).toEqual([true, false])
  expect(row(asha)).toMatchObject({ source: 'said', zone: 'Europe/Berlin' })
  await h.call(room.owner, 'DELETE', `/holidays/${made.json.dayOffId}`)
  expect((await h.call(asha, 'GET', '/holidays')).json.rows).toEqual([])
})
