export { mayGive, refuseAbove } from './policy.ts'
export { routes } from './routes.ts'
export { findRoles, setRoles } from './storage.ts'
