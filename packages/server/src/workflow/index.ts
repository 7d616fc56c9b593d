export { type LoadedWorkflow, loadWorkflow, workflowOfItem } from './loaded.ts'
export { carryOut, type Newest, readStanding, type Subject, tallyAfter, tell } from './standing.ts'
export { findDecision, findReturns, listAnnotations } from './standing-storage.ts'
export { insertWorkflow } from './storage.ts'
