export { dropPlaces } from './apply.ts'
export { type LoadedWorkflow, loadWorkflow, workflowOfItem } from './loaded.ts'
export { routes } from './routes.ts'
export { carryOut, type Newest, readStanding, type Subject, tallyAfter, tell } from './standing.ts'
export { findDecision, findReturns, listAnnotations } from './standing-storage.ts'
export { insertWorkflow } from './storage.ts'

import { applyWorkflow } from './apply.ts'

export const jobKinds = [applyWorkflow]
