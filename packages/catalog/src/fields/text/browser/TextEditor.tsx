import { localText } from '@kasauti/core'
import { useEffect, useRef, useState } from 'react'
import type { EditorProps } from '../../../browser/kinds.ts'
import { languageOf } from '../../../browser/writing.ts'
import { lengthState, type TextConfig, typed } from './text-tool.ts'

/**
 * A text box that never hands over half a composition: while an input method composes, the letters
 * stay here, and go to the answer when it is done.
 */
export function TextEditor(props: EditorProps<TextConfig, string>) {
  const { config, value, locale, readOnly, t } = props
  const [composing, setComposing] = useState<string>()
  const isComposing = useRef(false)
  const shown = composing ?? value ?? ''
  const length = lengthState(config, value)
  const box = useRef<HTMLTextAreaElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useEffect(() => {
    const el = box.current
    if (el === null || config.lines === 'one') return
    el.style.height = 'auto'
    el.style.height = `${Math.min(360, Math.max(84, el.scrollHeight + 2))}px`
  }, [shown, config.lines])
  return (
    <div>
      <textarea
        ref={box}
        className="kb-text"
        rows={config.lines === 'one' ? 1 : 4}
        data-main
        data-lines={config.lines}
        dir="auto"
        lang={languageOf(shown)}
        readOnly={readOnly}
        aria-labelledby={props.labelledBy}
        aria-invalid={props.problems.length > 0 || undefined}
        placeholder={config.placeholder && localText(config.placeholder, locale)}
        value={shown}
        onCompositionStart={() => {
          isComposing.current = true
          setComposing(shown)
        }}
        onCompositionEnd={(e) => {
          isComposing.current = false
          setComposing(undefined)
          props.onChange(typed(config, e.currentTarget.value), 'typing')
        }}
        onChange={(e) => {
          if (isComposing.current) setComposing(e.currentTarget.value)
          else props.onChange(typed(config, e.currentTarget.value), 'typing')
        }}
      />
      {length && (
        <p className="kb-note" data-state={length.state}>
          {config.maxLength === undefined
            ? t('text.atLeast', { n: length.n, min: config.minLength ?? 0 })
            : t('text.atMost', { n: length.n, max: config.maxLength })}
        </p>
      )}
    </div>
  )
}
