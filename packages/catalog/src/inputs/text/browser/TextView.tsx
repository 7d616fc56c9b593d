import type { InputViewProps } from '../../../browser/kinds.ts'
import { languageOf } from '../../../browser/writing.ts'

export type TextValue = { readonly text: string }

/** Comfortable reading: a measure of about 70 letters, the paragraphs as they are. */
export function TextView({
  value,
  config,
  t,
}: InputViewProps<{ readonly lang?: string | undefined }, TextValue>) {
  if (value.text.trim() === '') return <p className="kb-note">{t('text.empty')}</p>
  return (
    <div className="kb-reading" dir="auto" lang={config.lang ?? languageOf(value.text)}>
      {value.text}
    </div>
  )
}
