import { Activity, activeTime, type Beat, beatsPerSending, marksPerBeat } from '@kasauti/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Recorder } from './recorder.ts'

const tab = '7c9e6679-7425-40de-944b-e07fc1f90ae7'
const start = 1_700_000_000_000
function desk() {
  let ms = 0
  const recorder = new Recorder(tab, { monotonicMs: () => ms, wallMs: () => start + ms })
  return {
    recorder,
    /** Time passes, with the page's ticks. */
    pass: (forMs: number): number => {
      let worked = 0
      for (const end = ms + forMs; ms < end; ) {
        ms = Math.min(end, ms + 1000)
        worked += recorder.tick()
      }
      return worked
    },
    now: () => ms,
  }
}
const inFront = { visible: true, focused: true }
const counted = (beats: Parameters<typeof activeTime>[0][number][], endedAtMs: number) =>
  activeTime(beats, { startedAtMs: start, endedAtMs })
const receive = (beats: readonly Beat[]) =>
  beats.map((beat) => ({ ...beat, receivedAtMs: start + beat.sentMs }))

test('what is shown stops half a minute after the last touch, and while the page is hidden', () => {
  const { recorder, pass } = desk()
  recorder.inView('x')
  recorder.page(inFront)
  recorder.touch()
  expect(pass(600_000)).toBe(30_000)
  recorder.touch()
  expect(pass(5000)).toBe(5000)
  recorder.page({ visible: false })
  expect(pass(60_000)).toBe(0)
  recorder.page({ visible: true })
  expect(pass(2000)).toBe(0)
})

test('an hour of typing is a handful of marks', () => {
  const { recorder, pass } = desk()
  recorder.inView('x')
  recorder.page({ ...inFront, field: 'topic' })
  for (let i = 0; i < 1800; i++) {
    recorder.touch()
    pass(2000)
  }
  const beats = recorder.take('x')
  expect(beats).toHaveLength(1)
  expect(beats[0]?.marks.length).toBeLessThan(150)
  expect(counted(receive(beats), start + 3_600_000)).toMatchObject({
    activeMs: 3_600_000,
    fieldMs: { topic: 3_600_000 },
  })
})

test('beats are the same until they are confirmed, and go on where they ended', () => {
  const { recorder, pass } = desk()
  recorder.inView('x')
  recorder.page(inFront)
  recorder.touch()
  pass(5000)
  const first = recorder.take('x')
  expect(recorder.take('x')).toEqual(first)
  pass(5000)
  const both = recorder.take('x')
  expect(both.slice(0, 1)).toEqual(first)
  recorder.confirm('x', first)
  expect(recorder.take('x')).toEqual(both.slice(1))
  recorder.confirm('x', both)
  expect(recorder.waiting()).toEqual([])
  expect(counted(receive(both), start + 10_000).activeMs).toBe(10_000)
})

test('each item is told of for itself, with the touch that brought it into view', () => {
  const { recorder, pass } = desk()
  recorder.inView('x')
  recorder.page(inFront)
  recorder.touch()
  pass(4000)
  recorder.touch()
  recorder.inView('y')
  pass(6000)
  recorder.inView(undefined)
  pass(60_000)
  expect(counted(receive(recorder.take('x')), start + 70_000).activeMs).toBe(4000)
  expect(counted(receive(recorder.take('y')), start + 70_000).activeMs).toBe(6000)
})

test('nothing is sent of a page where nothing happens', () => {
  const { recorder, pass } = desk()
  recorder.inView('x')
  recorder.page(inFront)
  recorder.touch()
  pass(31_000)
  recorder.confirm('x', recorder.take('x'))
  pass(600_000)
  expect(recorder.waiting()).toEqual([])
})

test('whatever a page does, what it sends is within the contract and counts what it showed', () => {
  const deed = fc.oneof(
    fc.record({ page: fc.record({ visible: fc.boolean() }) }),
    fc.record({ page: fc.record({ focused: fc.boolean() }) }),
    fc.record({ page: fc.record({ playing: fc.boolean() }) }),
    fc.record({ page: fc.record({ field: fc.constantFrom(undefined, 'a', 'क'.repeat(90)) }) }),
    fc.record({ pass: fc.nat({ max: 40_000 }) }),
    fc.constant({ touch: true as const }),
    fc.constant({ take: true as const }),
  )
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => {
      const { recorder, pass, now } = desk()
      let shown = 0
      recorder.inView('x')
      recorder.page(inFront)
      for (const d of deeds) {
        if ('page' in d) recorder.page(d.page)
        else if ('pass' in d) shown += pass(d.pass)
        else if ('touch' in d) recorder.touch()
        else recorder.take('x')
      }
      shown += recorder.tick()
      const beats = recorder.take('x')
      expect(Activity.safeParse(beats).success).toBe(true)
      if (beats.length < beatsPerSending)
        expect(counted(receive(beats), start + now()).activeMs).toBe(shown)
    }),
  )
})

test('a beat that is full is closed', () => {
  const { recorder, pass } = desk()
  recorder.inView('x')
  recorder.page(inFront)
  for (let i = 0; i < marksPerBeat + 500; i++) {
    recorder.page({ field: `f${i}` })
    pass(10)
  }
  const beats = recorder.take('x')
  expect(beats).toHaveLength(2)
  expect(Activity.safeParse(beats).success).toBe(true)
})
