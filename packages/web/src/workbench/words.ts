import { type AnswerContext, type FieldSpec, fieldKind, isAnswered } from '@kasauti/catalog'
import type { Locale } from '@kasauti/core'

/** An answer in words: titles and paths as its kind tells them, texts whole; '' if there is none. */
export function answerWords(
  field: FieldSpec,
  answer: unknown,
  { context, locale }: { readonly context: AnswerContext; readonly locale: Locale },
): string {
  if (!isAnswered(answer)) return ''
  if (field.kind === 'text' && typeof answer === 'string') return answer
  const kind = fieldKind(field.kind)
  const config = kind?.config.safeParse(field.config)
  const read = kind?.shape.safeParse(answer)
  if (!kind || !config?.success || !read?.success) return JSON.stringify(answer)
  return kind.summarise(read.data, config.data, { ...context, locale })
}
