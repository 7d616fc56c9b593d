import { type Problem, readProblem } from '@kasauti/core'
import type { Translate } from '../i18n/index.ts'

/** What a problem says, in the person's language; English where no text is known. */
export function problemText(problem: Problem, t: Translate): string {
  const { code, params } = problem.code ? problem : (readProblem(problem.message) ?? {})
  if (code === undefined) return problem.message
  const key = `problem.${code}`
  const text = t(key, params ?? {})
  return text === key ? problem.message : text
}

/** The same problems with their messages in the person's language, for forms that show messages. */
export const problemsInWords = (problems: readonly Problem[], t: Translate): readonly Problem[] =>
  problems.map((p) => ({ ...p, message: problemText(p, t) }))

/** Why a row was refused: `chat.messages: must be a list; key: ...` as the import wrote it down. */
export function reasonText(reason: string, t: Translate): string {
  if (readProblem(reason)) return problemText({ path: '', message: reason }, t)
  return reason
    .split('; ')
    .map((part) => {
      const [, path, message] = /^([\w.-]{1,200}): (.*)$/s.exec(part) ?? []
      if (path === undefined || message === undefined)
        return problemText({ path: '', message: part }, t)
      return `${path}: ${problemText({ path, message }, t)}`
    })
    .join('; ')
}
