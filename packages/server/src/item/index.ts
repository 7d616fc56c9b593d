export { addItems } from './add.ts'
export { addCounts, addDays, type DayGain, dayOf, summedCounts } from './counts.ts'
export { type EventKind, eventInsert, insertEvent, type NewEvent } from './events.ts'
export { findItemIds } from './list.ts'
export {
  type ItemColumns,
  itemColumns,
  type LockedItem,
  lockItem,
  setPlace,
  setTally,
  toLockedItem,
  writeTally,
} from './locked.ts'
export {
  addDeltas,
  annotationsOf,
  type CountDelta,
  countDelta,
  shardOf,
  slotsOf,
  stepOf,
  type Tally,
} from './tally.ts'

import { searchIndex } from './search-index.ts'

export { readFilter } from './list.ts'
export { presentNamed } from './presenter.ts'
export { routes } from './routes.ts'
export { indexWords } from './search-index.ts'
export { findByKeys, findLocale } from './storage.ts'
export { findPlaces } from './table-storage.ts'
export const jobKinds = [searchIndex]
