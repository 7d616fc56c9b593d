export {
  Delivery,
  DeliveryFile,
  DeliveryManifest,
  Import,
  Job,
  JobState,
  Mapping,
  PreviewColumn,
  Progress,
  ReadOptions,
  Upload,
} from './data.ts'
export type { May, Operation, Transport } from './operation.ts'
export {
  Member,
  Project,
  ProjectCounts,
  ProjectSettings,
  SchemaVersion,
  SkipReason,
  Taxonomy,
  TemplateCard,
} from './project.ts'
export { type Contract, contract, type OperationName } from './registry.ts'
export { AccessToken, Me, Preferences, Session, Theme } from './session.ts'
export { Check, EventKind, Notification } from './system.ts'
export type { Input, Output, WireBody, WireOutput, WireParams, WireQuery } from './types.ts'
export { Invitation, User } from './user.ts'
export {
  Annotation,
  ItemEvent,
  ItemFilter,
  ItemRow,
  ItemSort,
  ReviewNote,
  Revision,
  SavedView,
  WorkItem,
} from './work.ts'
