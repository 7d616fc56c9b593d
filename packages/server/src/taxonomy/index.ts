export { routes } from './routes.ts'
export { insertTaxonomy } from './storage.ts'
