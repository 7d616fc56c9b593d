import { deliveryJob } from './job.ts'

export { routes } from './routes.ts'
export const jobKinds = [deliveryJob]
