export { Appeal, AppealState } from './appeal.ts'
export { HeldAssignment, LeftOut } from './assignment.ts'
export { Batch, BatchCounts, BatchEvent, batchMoveAtOnce, MoveSelection } from './batch.ts'
export { ageHours, boardTables } from './board.ts'
export { DayOff, PersonHours } from './calendar.ts'
export {
  ApiError,
  type ApiErrorCode,
  type CallInput,
  type CallOptions,
  type Client,
  type ClientRoute,
  type ClientRoutes,
  createClient,
  type Fetch,
  fillPath,
  newIdempotencyKey,
} from './client.ts'
export { Delivery, DeliveryFile, DeliveryManifest } from './delivery.ts'
export { Exam, Sitting } from './exam.ts'
export { Forecast, ForecastReason } from './forecast.ts'
export { Gold, GoldPerson, GoldUse, MyGoldAnswer } from './gold.ts'
export { Import, IntoBatch } from './import.ts'
export { Annotation, ItemEvent, ItemFilter, ItemRow, ItemSort, Revision } from './item.ts'
export { Job, JobState, Progress } from './job.ts'
export { Member } from './member.ts'
export { Notification } from './notification.ts'
export { mayInWords, openApi } from './openapi.ts'
export type { May, Operation, Repeat, Transport } from './operation.ts'
export {
  GoldSettings,
  Project,
  ProjectCounts,
  ProjectSettings,
  QueueSettings,
  SkipReason,
} from './project.ts'
export { apiReference } from './reference.ts'
export { type Contract, contract, type OperationName } from './registry.ts'
export { SchemaVersion } from './schema.ts'
export { Me, Preferences, Session, Theme } from './session.ts'
export { Certificate, Skill } from './skill.ts'
export { Check, EventKind } from './system.ts'
export { Taxonomy } from './taxonomy.ts'
export { TemplateCard } from './template.ts'
export { HandlingTimes, timeGroups } from './time.ts'
export { AccessToken } from './token.ts'
export type { Input, Output, WireBody, WireOutput, WireParams, WireQuery } from './types.ts'
export { Mapping, PreviewColumn, ReadOptions, Upload } from './upload.ts'
export { Invitation, User } from './user.ts'
export { SavedView } from './view.ts'
export {
  Feedback,
  Mark,
  QueuePart,
  queueCountedUpTo,
  ReviewNote,
  Wait,
  WorkItem,
} from './work.ts'
export { WorkflowEffect, WorkflowVersion } from './workflow.ts'
