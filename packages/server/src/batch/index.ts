import { moveItemsJob } from './job.ts'

export { intoBatch } from './into.ts'
export { routes } from './routes.ts'
export { batchSignColumns, batchSigns } from './storage.ts'
export const jobKinds = [moveItemsJob]
