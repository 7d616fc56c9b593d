import { moveItemsJob } from './job.ts'

export { intoBatch } from './into.ts'
export { routes } from './routes.ts'
export const jobKinds = [moveItemsJob]
