export { type JobState, presentRun, type StoredProgress } from './presenter.ts'
export { routes } from './routes.ts'
