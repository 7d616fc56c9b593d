export {
  AnnotationState,
  annotationStates,
  stateAfter,
  Verdict,
  verdicts,
} from './annotation/index.ts'
export {
  type Assignment,
  AssignmentState,
  actOn,
  assignmentStates,
  leaseSeconds,
  leaseUntil,
  Purpose,
  purposes,
  Stage,
  stages,
} from './assignment/index.ts'
export {
  BatchState,
  batchStates,
  batchWays,
  handsOut,
  moveBatch,
} from './batch/index.ts'
export { type ErrorCode, errorStatus, KasautiError } from './errors.ts'
export { decodeId, encodeId, type IdKind, type IdPrefix, idPrefixes, uuidV7 } from './ids.ts'
export { ItemState, type ItemTally, itemState, itemStates } from './item/index.ts'
export { mix, presentationOrder } from './presentation/index.ts'
export {
  codedProblem,
  type Problem,
  type ProblemCode,
  type ProblemParams,
  type ProblemReading,
  problemTexts,
  readProblem,
} from './problem/index.ts'
export { type QueueOrder, queueOrders, rankOf, rankPerPerson } from './queue/index.ts'
export { err, ok, type Result, unreachable } from './result.ts'
export { clip, countCodePoints, excerpt, graphemes, onOneLine, unstorable } from './text/index.ts'
export { Locale, LocalText, locales, localText, ProjectRole, projectRoles } from './user/index.ts'
export {
  AdjudicateStage,
  AnnotateStage,
  AuditStage,
  ReviewStage,
  Sampling,
  simpleWorkflow,
  stageOf,
  Who,
  Workflow,
  WorkflowStage,
  wantedOf,
} from './workflow/index.ts'
