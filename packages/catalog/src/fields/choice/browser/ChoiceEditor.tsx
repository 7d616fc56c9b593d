// biome-ignore-all lint/a11y/noStaticElementInteractions: the role is one of two, both interactive
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: the role is one of two, both support these
import { localText } from '@kasauti/core'
import { Kbd } from '../../../browser/Kbd.tsx'
import { optionCap } from '../../../browser/keys.ts'
import type { EditorProps } from '../../../browser/kinds.ts'
import { moveAmongOptions } from '../../../browser/roving.ts'
import { type ChoiceAnswer, type ChoiceConfig, chosen, toggle } from './choice-tool.ts'

/** Options as rows with their keys; one tab stop, arrows move inside. */
export function ChoiceEditor(props: EditorProps<ChoiceConfig, ChoiceAnswer>) {
  const { config, value, locale, readOnly, t } = props
  const on = chosen(value)
  const single = config.mode === 'single'
  const stop = on[0] ?? config.options[0]?.value
  const full = !single && config.max !== undefined && on.length >= config.max
  return (
    <div>
      <div
        className="kb-options"
        role={single ? 'radiogroup' : 'group'}
        aria-labelledby={props.labelledBy}
        onKeyDown={moveAmongOptions}
      >
        {config.options.map((option, i) => {
          const isOn = on.includes(option.value)
          const cap = optionCap(i)
          return (
            <button
              key={option.value}
              type="button"
              role={single ? 'radio' : 'checkbox'}
              aria-checked={isOn}
              aria-disabled={readOnly || (full && !isOn) || undefined}
              aria-keyshortcuts={props.active && !readOnly ? cap : undefined}
              className="kb-option"
              data-option
              data-color={option.color}
              data-main={option.value === stop || undefined}
              tabIndex={option.value === stop ? 0 : -1}
              onClick={() => {
                if (!readOnly) props.onChange(toggle(config, value, option.value))
              }}
            >
              <span className="kb-option-mark" aria-hidden="true" data-single={single} />
              <span className="kb-option-text">
                <span dir="auto">{localText(option.title, locale)}</span>
                {option.help && (
                  <small className="kb-help" dir="auto">
                    {localText(option.help, locale)}
                  </small>
                )}
              </span>
              {cap !== undefined && !readOnly && <Kbd>{cap}</Kbd>}
            </button>
          )
        })}
      </div>
      {!single && (config.min !== undefined || config.max !== undefined) && (
        <p className="kb-note">{limits(config, on.length, t)}</p>
      )}
    </div>
  )
}

function limits(config: ChoiceConfig, n: number, t: EditorProps<ChoiceConfig, ChoiceAnswer>['t']) {
  const { min, max } = config
  if (min !== undefined && max !== undefined) return t('choice.between', { min, max, n })
  return max !== undefined
    ? t('choice.atMost', { max, n })
    : t('choice.atLeast', { min: min ?? 0, n })
}
