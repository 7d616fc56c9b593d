export { openEvents, useConnection, useEvent } from './stream.ts'
