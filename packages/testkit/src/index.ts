export { type TestApp, testApp } from './app.ts'
export { type Clock, testClock } from './clock.ts'
export { type TestDatabase, testDatabase } from './database.ts'
