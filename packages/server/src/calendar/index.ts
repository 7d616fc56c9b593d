export { type PersonCalendar, readCalendars } from './read.ts'
export { routes } from './routes.ts'
