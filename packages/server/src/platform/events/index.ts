export { findEventsAfter, type StreamEvent } from './storage.ts'
export type { Listener } from './tail.ts'
