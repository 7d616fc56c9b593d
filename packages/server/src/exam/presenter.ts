import type { Output } from '@kasauti/contract'
import { fewestItems } from '@kasauti/core'
import { retryFrom } from './sitting.ts'
import { type ExamRow, type OpenExam, ruleOf, type SittingRow } from './storage.ts'

export const presentExam = (row: ExamRow): Output<'exam.create'> => ({
  ...ruleOf(row),
  examId: row.exam_id,
  skillId: row.skill_id,
  skillTitle: row.skill_title,
  title: row.title,
  ...(row.valid_days === null ? {} : { validDays: row.valid_days }),
  retryDays: row.retry_days,
  active: row.active,
  questions: row.questions,
  passed: row.passed,
  failed: row.failed,
  running: row.running,
})

/** How it goes is told at the end: not how many were right so far. */
export function presentSitting(row: SittingRow, now: Date): Output<'exam.sitting'> {
  const over = row.state !== 'running'
  const retry = row.state === 'failed' ? retryFrom(row, row.finished_at, now) : undefined
  return {
    sittingId: row.sitting_id,
    examId: row.exam_id,
    title: row.title,
    skillTitle: row.skill_title,
    state: row.state,
    answered: row.correct + row.wrong,
    atMost: row.max_items,
    startedAt: row.started_at,
    ...(row.finished_at === null ? {} : { finishedAt: row.finished_at }),
    ...(over ? { correct: row.correct } : {}),
    ...(row.certificate_id === null ? {} : { certificateId: row.certificate_id }),
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
    ...(retry ? { retryFrom: retry } : {}),
  }
}

export function presentOpenExam(row: OpenExam, now: Date): Output<'skill.mine'>['exams'][number] {
  const from = retryFrom(row, row.last_failed_at, now)
  const few = row.questions_left < fewestItems(ruleOf(row))
  const state = row.running
    ? 'running'
    : row.held
      ? 'held'
      : from
        ? 'wait'
        : few
          ? 'too-few-items'
          : 'open'
  return {
    projectId: row.project_id,
    projectName: row.project_name,
    examId: row.exam_id,
    title: row.title,
    skillId: row.skill_id,
    skillTitle: row.skill_title,
    state,
    ...(state === 'wait' && from ? { from } : {}),
    atMost: row.max_items,
  }
}
