export { createProject, type NewProject } from './create.ts'
export { presentCounts } from './presenter.ts'
export { routes } from './routes.ts'
