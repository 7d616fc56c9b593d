export { type Note, notify } from './notify.ts'
export { routes } from './routes.ts'
