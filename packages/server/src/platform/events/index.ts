export type { StreamEvent } from './event.ts'
export { findEventsAfter } from './storage.ts'
