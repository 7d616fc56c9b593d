import { codedProblem, type Problem } from '@kasauti/core'
import type { AnswerContext } from '../kinds.ts'
import { type Asked, askedFields, type Inputs, isAnswered, kindOf, own, turnsOf } from './asked.ts'
import { parseWith, pathUnder, unstorables } from './problems.ts'
import type { Answers, FieldSpec, TaskSchema } from './schema.ts'

/**
 * Everything that is wrong with the answers of one annotation; none if they can be submitted. Paths
 * are `answers.topic`, `answers.quality.t2`, `answers.order.0.1`. Unknown fields, answers to what is
 * not asked, missing required answers and wrong shapes are all refused.
 */
export function checkAnswers(
  schema: TaskSchema,
  inputs: Inputs,
  ...given: [answers: unknown, context: AnswerContext]
): Problem[] {
  return problemsOf(schema, inputs, ...given).map(codedProblem)
}

function problemsOf(
  schema: TaskSchema,
  inputs: Inputs,
  ...[answers, context]: [answers: unknown, context: AnswerContext]
): Problem[] {
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers)) {
    return [{ path: 'answers', message: 'must be an object' }]
  }
  const broken = unstorables(answers, 'answers')
  if (broken.length > 0) return broken
  const known = new Set(schema.fields.map((f) => f.id))
  const unknown = Object.keys(answers)
    .filter((id) => !known.has(id))
    .map((id) => ({ path: pathUnder('answers', [id]), message: 'is not a field of this task' }))
  const asked = askedFields(schema, inputs, answers as Answers)
  const fields = schema.fields.flatMap((field) => {
    const at = { field, path: `answers.${field.id}`, given: own(answers, field.id), context }
    const places = asked.filter((a) => a.field === field)
    return field.per.of === 'item'
      ? checkAnswer({ ...at, asked: places[0] })
      : checkTurns({ ...at, places, turns: turnsOf(field, schema, inputs).map((t) => t.id) })
  })
  return [...unknown, ...fields]
}

type Place = {
  readonly field: FieldSpec
  readonly path: string
  readonly given: unknown
  readonly context: AnswerContext
}

function checkAnswer(place: Place & { readonly asked: Asked | undefined }): readonly Problem[] {
  const { field, path, given, context, asked } = place
  if (!isAnswered(given)) {
    return asked && field.required ? [{ path, message: 'is required' }] : []
  }
  if (!asked) return [{ path, message: 'is not asked, given the other answers' }]
  const read = parseWith(kindOf(field).answer(field.config, context), given, path)
  return 'problems' in read ? read.problems : []
}

function checkTurns(
  place: Place & { readonly places: readonly Asked[]; readonly turns: readonly string[] },
): readonly Problem[] {
  const { given, path, places, turns } = place
  if (
    given !== undefined &&
    (typeof given !== 'object' || given === null || Array.isArray(given))
  ) {
    return [{ path, message: 'must be an object: an answer for each turn' }]
  }
  const strange = Object.keys(given ?? {})
    .filter((id) => !turns.includes(id))
    .map((id) => ({ path: pathUnder(path, [id]), message: 'is not a turn this is asked of' }))
  const answers = turns.flatMap((id) =>
    checkAnswer({
      ...place,
      path: pathUnder(path, [id]),
      given: own(given, id),
      asked: places.find((p) => p.turnId === id),
    }),
  )
  return [...strange, ...answers]
}
