import { ApiError } from '@kasauti/contract/client'
import type { Translate } from '../i18n/index.ts'
import { problemText } from './problem-text.ts'

/** What went wrong, in a person's words, with what the server said about the places. */
export function errorText(error: unknown, t: Translate): string {
  if (!(error instanceof ApiError)) return t('error.unexpected')
  const text = t(`error.${error.code}`)
  const places = error.problems
    .slice(0, 3)
    .map((p) => (p.path ? `${p.path}: ${problemText(p, t)}` : problemText(p, t)))
  return places.length > 0 ? `${text} ${places.join('; ')}` : text
}
