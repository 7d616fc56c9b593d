import type { InputViewProps } from '../../../browser/kinds.ts'
import { languageOf } from '../../../browser/writing.ts'

export type TextValue = { readonly text: string }

/** Comfortable reading: a measure of about 70 letters, the paragraphs as they are. */
export function TextView({ value, t }: InputViewProps<unknown, TextValue>) {
  if (value.text.trim() === '') return <p className="kb-note">{t('text.empty')}</p>
  return (
    <div className="kb-reading" dir="auto" lang={languageOf(value.text)}>
      {value.text}
    </div>
  )
}
