export type {
  AnswerContext,
  Column,
  Comparison,
  FieldKind,
  Format,
  FormatOptions,
  InputKind,
  Merged,
  Presentation,
  ReadLimits,
  ReadRow,
  TaxonomyTree,
  Template,
  Turn,
  WriteRow,
} from './kinds.ts'
export { Answers, Condition, FieldSpec, InputSpec, Per, TaskSchema, TaxonomyNode } from './task-schema/schema.ts'
