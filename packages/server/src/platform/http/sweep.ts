import type { Sweep } from '../jobs/index.ts'
import { removeStoredAnswersBefore } from './storage.ts'

const keptHours = 48

/** Answers kept for idempotency keys are forgotten after two days. */
export const forgetAnswers: Sweep = {
  name: 'http.forget-answers',
  everySeconds: 3600,
  run: async (app) => {
    await removeStoredAnswersBefore(app.db, new Date(app.now().getTime() - keptHours * 3_600_000))
  },
}
