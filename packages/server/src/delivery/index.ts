import { deliveryJob } from './job.ts'

export { createDelivery } from './create.ts'
export { routes } from './routes.ts'
export const jobKinds = [deliveryJob]
