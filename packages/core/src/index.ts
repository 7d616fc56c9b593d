export {
  type ActiveInterval,
  type ActiveTime,
  Activity,
  type ActivityKind,
  ActivityMark,
  activeTime,
  activityKinds,
  Beat,
  type BucketCounts,
  beatsPerSending,
  bucketFromMs,
  bucketMs,
  bucketOf,
  countBuckets,
  idleCutOffMs,
  marksPerBeat,
  quantile,
  type ReceivedBeat,
} from './activity/index.ts'
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
export {
  addDays,
  DayHours,
  type DayPlan,
  type DayRange,
  dayIn,
  firstPlanDay,
  guessedWorkHours,
  instantOf,
  isOff,
  isZone,
  planDays,
  type Span,
  spansOn,
  WorkHours,
  wallClock,
  weekdayOf,
  weekMinutes,
  workingMs,
  Zone,
} from './calendar/index.ts'
export { type ErrorCode, errorStatus, KasautiError } from './errors.ts'
export {
  type ExamDecision,
  type ExamOutlook,
  type ExamRule,
  type ExamScore,
  examBounds,
  examDecision,
  examEvidence,
  examOutlook,
  examRule,
  fewestItems,
  waldItems,
} from './exam/index.ts'
export {
  type Ahead,
  type Chance,
  chanceFrom,
  type Flow,
  type Forecast,
  type ForecastInput,
  type ForecastPerson,
  forecast,
  type PastDay,
  type PerStage,
  perStage,
  type Reason,
  type WhatIf,
  whatIf,
} from './forecast/index.ts'
export {
  betaCdf,
  betaQuantile,
  declineAt,
  type GoldPolicy,
  type GoldStanding,
  goldDoubt,
  goldHazard,
  goldPlaces,
  goldPolicy,
  goldStep,
  hasDeclined,
  newStanding,
  type ShareInterval,
  shareRight,
  standingOf,
  updateStanding,
} from './gold/index.ts'
export { decodeId, encodeId, type IdKind, type IdPrefix, idPrefixes, uuidV7 } from './ids.ts'
export { ItemState, type ItemTally, itemState, itemStates } from './item/index.ts'
export { mix, ordinalOf, presentationOrder, referenceOf } from './presentation/index.ts'
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
