export { type EventName, openEvents, type PageEvent, useConnection, useEvent } from './stream.ts'
