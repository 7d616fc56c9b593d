// biome-ignore-all lint/a11y/useSemanticElements: buttons with radio roles keep digits and arrows ours
import { Kbd } from '../../../browser/Kbd.tsx'
import type { EditorProps } from '../../../browser/kinds.ts'
import { type PairwiseAnswer, type PairwiseConfig, sameVerdict, verdicts } from './pairwise-tool.ts'

const nameOf = (v: PairwiseAnswer) => ('tie' in v ? v.tie : v.better)

/** One row of buttons: the sides at its ends, the two kinds of tie between them. */
export function PairwiseEditor(props: EditorProps<PairwiseConfig, PairwiseAnswer>) {
  const { config, value, candidates, readOnly, t } = props
  const all = verdicts(config, candidates)
  const chosen = all.find((v) => sameVerdict(value, v))
  const stop = chosen ?? all[0]
  const label = (v: PairwiseAnswer) =>
    'tie' in v ? t(`pairwise.${v.tie}`) : t('pairwise.better', { slot: v.better })
  return (
    <div className="kb-scale" role="radiogroup" aria-labelledby={props.labelledBy}>
      {all.map((v, i) => (
        <button
          key={nameOf(v)}
          type="button"
          role="radio"
          aria-checked={v === chosen}
          aria-disabled={readOnly || undefined}
          className="kb-vote"
          data-option
          data-tie={'tie' in v || undefined}
          data-main={v === stop || undefined}
          tabIndex={v === stop ? 0 : -1}
          onClick={() => {
            if (!readOnly) props.onChange(v === chosen ? undefined : v)
          }}
        >
          {label(v)} {!readOnly && <Kbd>{i + 1}</Kbd>}
        </button>
      ))}
    </div>
  )
}
