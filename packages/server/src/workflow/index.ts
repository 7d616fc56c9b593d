export { type LoadedWorkflow, loadWorkflow } from './loaded.ts'
export { insertWorkflow } from './storage.ts'
