export { type LoadedSchema, loadedSchema, loadSchema, loadTree, type Trees } from './loaded.ts'
export { parsed as parsedSchema, routes } from './routes.ts'
export { insertSchema } from './storage.ts'
