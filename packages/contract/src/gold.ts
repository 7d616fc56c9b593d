import { Answers } from '@kasauti/catalog'
import { LocalText } from '@kasauti/core'
import { z } from 'zod'
import { AnnotationId, AssignmentId, GoldId, Instant, ItemId, UserId } from './ids.ts'
import { operations, PageQuery, pageOf } from './operation.ts'
import { P } from './project.ts'

/** `hidden`: stands unrecognised among the work; `training`: explained at once; `exam`: decides on certificates. */
export const GoldUse = z.enum(['hidden', 'training', 'exam'])

/** An item whose right answer is known. */
export const Gold = z.object({
  goldId: GoldId,
  itemId: ItemId,
  key: z.string(),
  ordinal: z.number().int(),
  /** What associates see instead of key and number. */
  reference: z.string(),
  preview: z.string(),
  use: GoldUse,
  version: z.number().int(),
  active: z.boolean(),
  /** How many answered it, and how many of them rightly. */
  answered: z.number().int(),
  correct: z.number().int(),
  /** Of people who are right on other gold: how many answered, how many like this gold. */
  good: z.object({ answered: z.number().int(), correct: z.number().int() }),
  /** Good people see it otherwise: the gold may be wrong. */
  doubtful: z.boolean(),
  createdBy: z.string(),
  createdAt: Instant,
})
const GoldVersion = z.object({
  version: z.number().int(),
  answers: Answers,
  also: z.array(Answers),
  explanation: LocalText,
  reason: z.string(),
  by: z.string(),
  at: Instant,
})
const GoldAnswer = z.object({
  assignmentId: AssignmentId,
  userId: UserId,
  name: z.string(),
  at: Instant,
  answers: Answers,
  correct: z.boolean(),
  score: z.number(),
  fields: z.record(z.string(), z.number()),
})
/** A gold with all there is to it; candidates by their ids. */
const WholeGold = Gold.extend({
  schemaVersion: z.number().int(),
  inputs: z.record(z.string(), z.unknown()),
  answers: Answers,
  also: z.array(Answers),
  explanation: LocalText,
  versions: z.array(GoldVersion),
  /** The latest answers, at most 200. */
  given: z.array(GoldAnswer),
})
/** What somebody's answers to hidden gold say of them in this project. */
export const GoldPerson = z.object({
  userId: UserId,
  name: z.string(),
  answered: z.number().int(),
  correct: z.number().int(),
  /** Share of right answers to expect, with its 90 % interval. */
  mean: z.number(),
  low: z.number(),
  high: z.number(),
  declined: z.boolean(),
  /** Chance that their next new item is gold; 0 while hidden gold is off. */
  rate: z.number(),
  /** Hidden gold they have not met yet. */
  left: z.number().int(),
  lastAt: Instant.optional(),
})
/** How an answer to gold went, told to who gave it. */
export const MyGoldAnswer = z.object({
  assignmentId: AssignmentId,
  goldId: GoldId,
  reference: z.string(),
  preview: z.string(),
  at: Instant,
  correct: z.boolean(),
  lines: z.array(
    z.object({
      field: z.string(),
      title: LocalText,
      mine: z.string(),
      right: z.string(),
      /** 0..1 */
      agreement: z.number(),
    }),
  ),
  explanation: LocalText,
})
const G = P.extend({ goldId: GoldId })
const leads = ['lead', 'manager'] as const

export const goldOperations = operations('gold', {
  list: {
    method: 'GET',
    path: '/projects/:projectId/gold',
    summary: 'Gold of the project, what good people doubt first',
    may: leads,
    params: P,
    query: PageQuery.extend({
      use: GoldUse.optional(),
      retired: z.stringbool().optional(),
      itemId: ItemId.optional(),
    }),
    output: pageOf(Gold).extend({
      /** Active gold by use. */
      counts: z.object({
        hidden: z.number().int(),
        training: z.number().int(),
        exam: z.number().int(),
      }),
    }),
  },
  get: {
    method: 'GET',
    path: '/projects/:projectId/gold/:goldId',
    summary: 'One gold with its versions and the answers people gave',
    may: leads,
    params: G,
    output: WholeGold,
    errors: ['gold/not-found'],
  },
  create: {
    method: 'POST',
    path: '/projects/:projectId/gold',
    summary: 'Make gold of an item: from an annotation of it, or from answers given here',
    may: leads,
    params: P,
    body: z.object({
      itemId: ItemId,
      use: GoldUse.default('hidden'),
      /** By canonical ids of candidates. */
      answers: Answers.optional(),
      annotationId: AnnotationId.optional(),
      also: z.array(Answers).max(10).default([]),
      explanation: LocalText,
    }),
    output: WholeGold,
    errors: ['item/not-found', 'annotation/not-found', 'answer/invalid', 'gold/exists'],
  },
  update: {
    method: 'PATCH',
    path: '/projects/:projectId/gold/:goldId',
    summary: 'Correct a gold: all answers to it are scored anew, with all that follows',
    may: leads,
    params: G,
    body: z.object({
      basedOn: z.number().int(),
      answers: Answers.optional(),
      also: z.array(Answers).max(10).optional(),
      explanation: LocalText.optional(),
      use: GoldUse.optional(),
      reason: z.string().max(2000).default(''),
    }),
    output: WholeGold.extend({
      /** Answers that count differently now. */
      changed: z.number().int(),
    }),
    errors: ['gold/not-found', 'answer/invalid', 'request/precondition-failed'],
  },
  retire: {
    method: 'POST',
    path: '/projects/:projectId/gold/:goldId/retire',
    summary: 'Ask it of nobody any more; its item goes back to the work',
    may: leads,
    params: G,
    errors: ['gold/not-found'],
  },
  restore: {
    method: 'POST',
    path: '/projects/:projectId/gold/:goldId/restore',
    summary: 'Use a retired gold again',
    may: leads,
    params: G,
    errors: ['gold/not-found'],
  },
  people: {
    method: 'GET',
    path: '/projects/:projectId/gold-people',
    summary: 'What hidden gold says of each person',
    may: leads,
    params: P,
    output: z.object({ rows: z.array(GoldPerson) }),
  },
  mine: {
    method: 'GET',
    path: '/projects/:projectId/my-gold',
    summary: 'How my answers to gold went, once I may know',
    may: ['associate', 'reviewer', 'lead'],
    params: P,
    query: PageQuery,
    output: pageOf(MyGoldAnswer).extend({
      answered: z.number().int(),
      correct: z.number().int(),
      mean: z.number(),
      low: z.number(),
      high: z.number(),
    }),
  },
  training: {
    method: 'GET',
    path: '/projects/:projectId/training',
    summary: 'How far I am in training',
    may: ['associate', 'reviewer', 'lead'],
    params: P,
    output: z.object({
      items: z.number().int(),
      answered: z.number().int(),
      correct: z.number().int(),
    }),
  },
})
