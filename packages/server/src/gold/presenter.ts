import {
  answersToSlots,
  type Presentation,
  presentInputs,
  summariseAnswers,
} from '@kasauti/catalog'
import type { Output } from '@kasauti/contract'
import {
  goldHazard,
  hasDeclined,
  type Locale,
  type ProjectRole,
  referenceOf,
  shareRight,
} from '@kasauti/core'
import { presentNamed } from '../item/index.ts'
import type { LoadedSchema } from '../schema/index.ts'
import { type GoldSettingsValue, meetsGold, policyOf } from './blind.ts'
import type {
  GivenRow,
  GoldListRow,
  MineRow,
  PersonRow,
  VersionRow,
  WholeGoldRow,
} from './storage.ts'

type Gold = Output<'gold.list'>['rows'][number]

export const presentGold = (row: GoldListRow): Gold => ({
  goldId: row.gold_id,
  itemId: row.item_id,
  key: row.key,
  ordinal: row.ordinal,
  reference: referenceOf(row.ordinal, row.seed),
  preview: row.preview,
  use: row.use,
  version: row.version,
  active: row.active,
  answered: row.answered,
  correct: row.correct,
  good: { answered: row.good_answered, correct: row.good_correct },
  doubtful: row.doubtful,
  createdBy: row.created_by,
  createdAt: row.created_at,
})

export const presentWholeGold = (
  row: WholeGoldRow,
  more: { versions: readonly VersionRow[]; given: readonly GivenRow[]; loaded: LoadedSchema },
): Output<'gold.get'> => ({
  ...presentGold(row),
  schemaVersion: row.schema_version,
  inputs: { ...presentNamed(more.loaded.schema, row.inputs) },
  answers: row.answers,
  also: [...row.also],
  explanation: row.explanation,
  versions: [...more.versions],
  given: more.given.map((g) => ({
    assignmentId: g.assignment_id,
    userId: g.user_id,
    name: g.name,
    at: g.at,
    answers: g.answers,
    correct: g.correct,
    score: g.score,
    fields: g.fields,
  })),
})

export function presentGoldPerson(
  row: PersonRow,
  settings: GoldSettingsValue,
): Output<'gold.people'>['rows'][number] {
  const { mean, low, high } = shareRight(row)
  const meets = meetsGold({ ...settings, roles: row.roles as readonly ProjectRole[] | null })
  return {
    userId: row.user_id,
    name: row.name,
    answered: row.answered,
    correct: row.correct,
    mean,
    low,
    high,
    declined: hasDeclined(row),
    rate: meets && row.left > 0 ? goldHazard(row, policyOf(settings)) : 0,
    left: row.left,
    ...(row.last_at === null ? {} : { lastAt: row.last_at }),
  }
}

/** Candidates under the letters this person saw. */
export function presentMine(
  row: MineRow,
  show: { loaded: LoadedSchema; locale: Locale },
): Output<'gold.mine'>['rows'][number] {
  const { schema, context } = show.loaded
  const presentation = row.presentation as Presentation
  const seen = context(presentInputs(schema, row.inputs, presentation))
  const lines = (answers: Record<string, unknown>) =>
    new Map(
      summariseAnswers(
        schema,
        answersToSlots(schema, answers, presentation),
        seen,
        show.locale,
      ).map((line) => [line.field, line.summary] as const),
    )
  const [mine, right] = [lines(row.answers), lines(row.right)]
  return {
    assignmentId: row.assignment_id,
    goldId: row.gold_id,
    reference: referenceOf(row.ordinal, row.seed),
    preview: row.preview,
    at: row.answered_at,
    correct: row.correct,
    lines: schema.fields.flatMap((field) => {
      const agreement = row.fields[field.id]
      if (agreement === undefined) return []
      return [
        {
          field: field.id,
          title: field.title,
          mine: mine.get(field.id) ?? '',
          right: right.get(field.id) ?? '',
          agreement,
        },
      ]
    }),
    explanation: row.explanation,
  }
}
