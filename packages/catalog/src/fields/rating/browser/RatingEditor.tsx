// biome-ignore-all lint/a11y/useSemanticElements: buttons with radio roles keep digits and arrows ours
import { localText } from '@kasauti/core'
import { Kbd } from '../../../browser/Kbd.tsx'
import type { EditorProps } from '../../../browser/kinds.ts'
import { moveAmongOptions } from '../../../browser/roving.ts'
import { type Level, levelCap, type RatingAnswer, type RatingConfig } from './rating-tool.ts'

/** Levels with their anchors in sight: a row where there are none to read, a list where there are. */
export function RatingEditor(props: EditorProps<RatingConfig, RatingAnswer>) {
  const { config, value, locale, readOnly, t } = props
  const anchored = config.levels.some((l) => l.anchor !== undefined)
  const stop = value ?? config.levels[0]?.value
  const give = (next: RatingAnswer) => {
    if (!readOnly) props.onChange(next === value ? undefined : next)
  }
  const level = (l: Level, i: number) => (
    <button
      key={l.value}
      type="button"
      role="radio"
      aria-checked={value === l.value}
      aria-disabled={readOnly || undefined}
      className="kb-level"
      data-option
      data-main={stop === l.value || undefined}
      tabIndex={stop === l.value ? 0 : -1}
      onClick={() => give(l.value)}
    >
      <b className="kb-level-value">
        {levelCap(config, i) === String(l.value) ? l.value : `${l.value}`}
      </b>
      <span className="kb-option-text">
        <span dir="auto">{localText(l.title, locale)}</span>
        {l.anchor && (
          <small className="kb-help" dir="auto">
            {localText(l.anchor, locale)}
          </small>
        )}
      </span>
      {!readOnly && <Kbd>{levelCap(config, i)}</Kbd>}
    </button>
  )
  return (
    <div
      className="kb-levels"
      data-anchored={anchored}
      role="radiogroup"
      aria-labelledby={props.labelledBy}
      onKeyDown={moveAmongOptions}
    >
      {config.levels.map(level)}
      {config.notApplicable && (
        <button
          type="button"
          role="radio"
          aria-checked={value === 'not-applicable'}
          aria-disabled={readOnly || undefined}
          className="kb-level kb-level-none"
          data-option
          data-main={stop === 'not-applicable' || undefined}
          tabIndex={stop === 'not-applicable' ? 0 : -1}
          onClick={() => give('not-applicable')}
        >
          <b className="kb-level-value">–</b>
          <span className="kb-option-text">{t('rating.notApplicable')}</span>
          {!readOnly && <Kbd>0</Kbd>}
        </button>
      )}
    </div>
  )
}
