export { createProject, type NewProject } from './create.ts'
export { routes } from './routes.ts'
