export { refuseAbove } from './policy.ts'
export { routes } from './routes.ts'
export { setRoles } from './storage.ts'
