export {
  AcceptanceCriteria,
  type CriteriaCounts,
  type CriterionCheck,
  checkCriteria,
  criteriaMet,
  criterionNames,
} from './criteria.ts'
export { BatchPriority, batchPriorities, priorityOf, priorityRank } from './priority.ts'
export { type BatchProgress, BatchRisk, batchRisk, batchRisks, expectedEnd } from './risk.ts'
export { BatchState, batchStates, batchWays, handsOut, isClosed, moveBatch } from './state.ts'
