export type Clock = { now(): Date; advance(ms: number): void; set(at: Date): void }

/** A clock that only moves when told. */
export function testClock(start = new Date('2026-01-05T09:00:00.000Z')): Clock {
  let at = start.getTime()
  return {
    now: () => new Date(at),
    advance: (ms) => {
      at += ms
    },
    set: (to) => {
      at = to.getTime()
    },
  }
}
