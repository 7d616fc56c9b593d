export type { ChoiceAnswer, ChoiceConfig, Option } from './fields/choice/index.ts'
export { fieldKind, fieldKinds } from './fields/index.ts'
export type { PairwiseAnswer, PairwiseConfig, Tie } from './fields/pairwise/index.ts'
export type { RankingAnswer, RankingConfig } from './fields/ranking/index.ts'
export type { Level, RatingAnswer, RatingConfig } from './fields/rating/index.ts'
export type { TaxonomyAnswer, TaxonomyConfig } from './fields/taxonomy/index.ts'
export type { TextConfig as TextFieldConfig } from './fields/text/index.ts'
export {
  commonEncodings,
  type DetectedFormat,
  detectFormat,
  encodingNamed,
  format,
  formats,
} from './formats/index.ts'
export type {
  Candidate,
  ConversationConfig,
  ConversationValue,
  Message,
  Part,
  Role,
  ShownCandidate,
  ShownConversation,
} from './inputs/conversation/index.ts'
export { inputKind, inputKinds } from './inputs/index.ts'
export type { TextConfig as TextInputConfig, TextValue } from './inputs/text/index.ts'
export type {
  AnswerContext,
  Column,
  ComparesCandidates,
  Comparison,
  FacetValue,
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
export { agreementOf } from './task-schema/agreement.ts'
export {
  type Asked,
  answerAt,
  askedFields,
  type Inputs,
  isAnswered,
  tidyAnswers,
} from './task-schema/asked.ts'
export { checkAnswers } from './task-schema/check.ts'
export {
  type AnswerColumn,
  answerColumns,
  answerFacets,
  summariseAnswers,
} from './task-schema/flat.ts'
export { context, previewInputs, readInputs } from './task-schema/inputs.ts'
export { parseTaskSchema } from './task-schema/parse.ts'
export {
  answersToCanonical,
  answersToSlots,
  candidateOrders,
  presentInputs,
} from './task-schema/presentation.ts'
export { parseWith } from './task-schema/problems.ts'
export {
  Answers,
  Clause,
  Condition,
  FieldSpec,
  InputSpec,
  Per,
  TaskSchema,
  TaxonomyNode,
} from './task-schema/schema.ts'
export {
  type GoldAnswers,
  type GoldScore,
  scoreAgainstGold,
  type Tolerances,
  toleranceOf,
} from './task-schema/score.ts'
export { checkTaxonomy, taxonomyTree } from './task-schema/taxonomy.ts'
export { template, templates } from './templates/index.ts'
