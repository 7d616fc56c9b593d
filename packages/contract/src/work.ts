import { Answers } from '@kasauti/catalog'
import { Activity, AssignmentState, LocalText, Stage, Verdict } from '@kasauti/core'
import { z } from 'zod'
import {
  AnnotationId,
  AssignmentId,
  BatchId,
  Instant,
  ItemId,
  ProjectId,
  SittingId,
  SkillId,
} from './ids.ts'
import { operations } from './operation.ts'
import { P } from './project.ts'

/** A reviewer's mark on a place of the answers. */
export const Mark = z.object({
  field: z.string().max(40),
  turn: z.string().max(80).optional(),
  note: z.string().max(1000),
  severity: z.enum(['minor', 'major', 'critical']),
})
/** Answers under review or returned, as the page sees them. */
export const ReviewNote = z.object({
  verdict: Verdict,
  note: z.string(),
  marks: z.array(Mark).default([]),
  by: z.string(),
  at: Instant,
})
/** Everything the workbench needs to show one item: blinded, in the shown order. */
export const WorkItem = z.object({
  assignmentId: AssignmentId,
  projectId: ProjectId,
  projectName: z.string(),
  /** Left out, with the number, where gold stands hidden in the work; `key` is then a reference. */
  itemId: ItemId.optional(),
  key: z.string(),
  ordinal: z.number().int().optional(),
  stage: Stage,
  state: AssignmentState,
  schemaVersion: z.number().int(),
  inputs: z.record(z.string(), z.unknown()),
  answers: Answers,
  /** Of a review: a change of the answers that was begun and not handed in. */
  draft: Answers.optional(),
  draftVersion: z.number().int(),
  leaseExpiresAt: Instant,
  returned: ReviewNote.optional(),
  /** Of a review: whose annotation it is is not told. */
  annotationId: AnnotationId.optional(),
  activeMs: z.number().int(),
  batch: z.object({ name: z.string(), dueAt: Instant.optional() }).optional(),
  /** Of adjudication and audit: what the others said, under letters; whose it is is not told. */
  proposals: z.array(z.object({ letter: z.string(), answers: Answers })).optional(),
})
/** Why nothing (more) is handed out: of one project and stage, or of none in particular. */
export const Wait = z.object({
  code: z.enum([
    /** All there is was done, is held by others, or was had by this person. */
    'nothing-left',
    /** A valid certificate is missing: `skills`. */
    'skill-needed',
    /** As many handed in today as the project wants of one person: `until`. */
    'daily-cap',
    /** As many held at once as the project allows. */
    'held-cap',
    'project-paused',
    'member-paused',
    'batch-paused',
  ]),
  projectId: ProjectId.optional(),
  projectName: z.string().optional(),
  stage: Stage.optional(),
  batchName: z.string().optional(),
  skills: z.array(z.object({ skillId: SkillId, title: LocalText })).optional(),
  until: Instant.optional(),
  /** What the lead said when pausing. */
  reason: z.string().optional(),
})
/** One part of a person's queue, in the order in which it is handed out. */
export const QueuePart = z.object({
  projectId: ProjectId,
  projectName: z.string(),
  batchId: BatchId,
  /** Empty for what is in no batch of its own. */
  batchName: z.string(),
  dueAt: Instant.optional(),
  priority: z.number().int(),
  stage: Stage,
  kind: z.enum(['returned', 'assigned', 'held', 'new', 'deferred']),
  /** Exact below `queueCountedUpTo`, else that. */
  count: z.number().int(),
  /** Why it is not handed out now. */
  gate: Wait.optional(),
})
/** The parts of a queue are counted no further than this. */
export const queueCountedUpTo = 200
/** Told at once in training, never of hidden gold. */
export const Feedback = z.object({
  correct: z.boolean(),
  fields: z.record(z.string(), z.number()),
  answers: Answers,
  explanation: LocalText,
})
const Timing = z.object({
  activeMs: z.number().int().min(0).max(86_400_000),
  /** What the page noticed; active time is computed from it. Without any, `activeMs` is believed, up to the time that passed. */
  activity: Activity.optional(),
})
const A = P.extend({ assignmentId: AssignmentId })
const works = ['associate', 'reviewer', 'lead'] as const

export const workOperations = operations('work', {
  today: {
    method: 'GET',
    path: '/today',
    summary: 'What awaits me: returned work, leases, projects with work, my last items',
    may: 'signed-in',
    output: z.object({
      next: z
        .object({
          projectId: ProjectId,
          projectName: z.string(),
          stage: Stage,
          returned: z.number().int(),
        })
        .optional(),
      returned: z.array(
        z.object({
          assignmentId: AssignmentId,
          projectId: ProjectId,
          projectName: z.string(),
          key: z.string(),
          note: z.string(),
          at: Instant,
        }),
      ),
      projects: z.array(
        z.object({
          projectId: ProjectId,
          name: z.string(),
          roles: z.array(z.string()),
          toAnnotate: z.number().int(),
          toReview: z.number().int(),
          returned: z.number().int(),
          /** Of all; left out where gold stands hidden in the work. */
          counts: z
            .object({
              items: z.number().int(),
              accepted: z.number().int(),
              annotated: z.number().int(),
            })
            .optional(),
          /** What I finished in it so far: submitted or skipped. */
          annotatedByMe: z.number().int(),
          reviewedByMe: z.number().int(),
        }),
      ),
      submittedToday: z.number().int(),
      activeMsToday: z.number().int(),
    }),
  },
  claim: {
    method: 'POST',
    path: '/projects/:projectId/claim',
    repeat: 'safe',
    summary: 'Lease my next items: returned work first, then what I hold, then new',
    may: works,
    params: P,
    body: z.object({
      stage: Stage.default('annotate'),
      count: z.number().int().min(1).max(20).default(1),
      holding: z.array(AssignmentId).max(60).default([]),
      /** To work on without a network: what is leased is kept for half a day. */
      ahead: z.literal('yes').optional(),
      /** Gold to learn from, or the questions of an exam I sit. */
      purpose: z.enum(['work', 'training', 'exam']).default('work'),
      sittingId: SittingId.optional(),
    }),
    output: z.object({ rows: z.array(WorkItem), waits: z.array(Wait).optional() }),
    errors: ['project/archived', 'auth/forbidden'],
  },
  next: {
    method: 'POST',
    path: '/claim',
    repeat: 'safe',
    summary:
      'Lease my next items across all my projects: returned work first, then what is due first',
    may: 'signed-in',
    body: z.object({
      count: z.number().int().min(1).max(20).default(1),
      holding: z.array(AssignmentId).max(60).default([]),
      /** To work on without a network: what is leased is kept for half a day. */
      ahead: z.literal('yes').optional(),
      /** Only work of these stages; all I may take when left out. */
      stages: z.array(Stage).min(1).max(4).optional(),
    }),
    output: z.object({
      rows: z.array(WorkItem),
      /** When there is nothing, or less than was asked for: why. */
      waits: z.array(Wait).optional(),
    }),
  },
  queue: {
    method: 'GET',
    path: '/queue',
    summary: 'What I will be handed, in which order, and what holds it back',
    may: 'signed-in',
    output: z.object({ rows: z.array(QueuePart), waits: z.array(Wait) }),
  },
  get: {
    method: 'GET',
    path: '/projects/:projectId/assignments/:assignmentId',
    summary: 'One of my assignments',
    may: works,
    params: A,
    output: WorkItem,
    errors: ['assignment/not-found'],
  },
  recent: {
    method: 'GET',
    path: '/projects/:projectId/assignments',
    summary: 'My last items, newest first',
    may: works,
    params: P,
    query: z.object({
      stage: Stage.default('annotate'),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
    output: z.object({
      rows: z.array(
        z.object({
          assignmentId: AssignmentId,
          itemId: ItemId.optional(),
          key: z.string(),
          preview: z.string(),
          state: AssignmentState,
          at: Instant,
          mayReopen: z.boolean(),
        }),
      ),
    }),
  },
  heartbeat: {
    method: 'POST',
    path: '/projects/:projectId/assignments/:assignmentId/heartbeat',
    repeat: 'safe',
    summary: 'Keep the lease',
    may: works,
    params: A,
    body: Timing,
    output: z.object({ leaseExpiresAt: Instant }),
    errors: ['assignment/not-found', 'assignment/expired', 'assignment/wrong-state'],
  },
  saveDraft: {
    method: 'PUT',
    path: '/projects/:projectId/assignments/:assignmentId/draft',
    summary: 'Autosave; refused if the draft moved on elsewhere',
    may: works,
    params: A,
    body: Timing.extend({ answers: Answers, basedOn: z.number().int() }),
    output: z.object({ draftVersion: z.number().int(), leaseExpiresAt: Instant }),
    errors: [
      'assignment/not-found',
      'assignment/expired',
      'assignment/wrong-state',
      'assignment/stale-draft',
    ],
  },
  submit: {
    method: 'POST',
    path: '/projects/:projectId/assignments/:assignmentId/submit',
    summary: 'Submit the answers: a new annotation, or a new revision of mine',
    may: works,
    params: A,
    body: Timing.extend({
      answers: Answers,
      /** The draft version the answers were built on: refused if another page went further. */
      basedOn: z.number().int().optional(),
    }),
    output: z.object({
      annotationId: AnnotationId,
      revision: z.number().int(),
      hash: z.string(),
      submittedAt: Instant,
      feedback: Feedback.optional(),
    }),
    errors: [
      'assignment/not-found',
      'assignment/expired',
      'assignment/wrong-state',
      'assignment/stale-draft',
      'answer/invalid',
    ],
  },
  skip: {
    method: 'POST',
    path: '/projects/:projectId/assignments/:assignmentId/skip',
    summary: 'Skip with a reason',
    may: works,
    params: A,
    body: Timing.extend({ reason: z.string().max(40), note: z.string().max(2000).default('') }),
    errors: [
      'assignment/not-found',
      'assignment/expired',
      'assignment/wrong-state',
      'request/invalid',
    ],
  },
  reopen: {
    method: 'POST',
    path: '/projects/:projectId/assignments/:assignmentId/reopen',
    summary: 'Go back to an item of mine that nobody reviewed yet',
    may: works,
    params: A,
    output: WorkItem,
    errors: ['assignment/not-found', 'assignment/wrong-state'],
  },
  release: {
    method: 'POST',
    path: '/projects/:projectId/assignments/:assignmentId/release',
    summary: 'Give a leased item back',
    may: works,
    params: A,
    errors: ['assignment/not-found', 'assignment/wrong-state'],
  },
  review: {
    method: 'POST',
    path: '/projects/:projectId/assignments/:assignmentId/review',
    summary: 'Accept, fix or return the annotation under review, or pass or fail an audit',
    may: works,
    params: A,
    body: Timing.extend({
      verdict: Verdict,
      note: z.string().max(4000).default(''),
      marks: z.array(Mark).max(50).default([]),
      answers: Answers.optional(),
    }),
    output: z.object({ annotationId: AnnotationId, revision: z.number().int(), verdict: Verdict }),
    errors: [
      'assignment/not-found',
      'assignment/expired',
      'assignment/wrong-state',
      'answer/invalid',
      'review/note-required',
    ],
  },
})
