import type { LocalMessages } from './kinds.ts'

/** Joins message tables: a room's own and the shared ones. */
export const joinMessages = (...all: readonly LocalMessages[]): LocalMessages => ({
  en: Object.assign({}, ...all.map((m) => m.en)),
  hi: Object.assign({}, ...all.map((m) => m.hi)),
})
