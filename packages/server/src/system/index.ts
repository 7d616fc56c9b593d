export { audit, type Doer } from './audit.ts'
export { routes } from './routes.ts'
export { kasautiVersion } from './version.ts'
