import { Button, NumberInput } from '@mantine/core'
import { useT } from '../../platform/i18n/index.ts'

export type Change = {
  readonly people: number
  readonly reviewers: number
  readonly hours: number
  readonly overlap: number | undefined
}
export const noChange: Change = { people: 0, reviewers: 0, hours: 0, overlap: undefined }
export const isChanged = (c: Change): boolean =>
  c.people !== 0 || c.reviewers !== 0 || c.hours !== 0 || c.overlap !== undefined

/** The change as the operation takes it. */
export const queryOf = (c: Change) => ({
  ...(c.people === 0 ? {} : { people: c.people }),
  ...(c.reviewers === 0 ? {} : { reviewers: c.reviewers }),
  ...(c.hours === 0 ? {} : { hours: c.hours }),
  ...(c.overlap === undefined ? {} : { overlap: c.overlap }),
})

const numberOf = (value: number | string): number | undefined => {
  const n = typeof value === 'number' ? value : Number.parseFloat(value)
  return Number.isFinite(n) ? n : undefined
}

/** What would be different: people, reviewers, hours, overlap. */
export function WhatIf({
  change,
  overlap,
  reviews,
  onChange,
}: {
  readonly change: Change
  readonly overlap: number
  /** Are there reviews to come? */
  readonly reviews: 'some' | 'none'
  readonly onChange: (change: Change) => void
}) {
  const t = useT()
  const sign = (n: number) => (n > 0 ? '+' : '')
  return (
    <fieldset className="forecast-if">
      <legend>{t('forecast.whatIf')}</legend>
      <div className="line-row options-row">
        <NumberInput
          size="xs"
          w={130}
          label={t('forecast.ifPeople')}
          min={-50}
          max={50}
          allowDecimal={false}
          prefix={sign(change.people)}
          value={change.people}
          onChange={(v) => onChange({ ...change, people: numberOf(v) ?? 0 })}
        />
        {reviews === 'some' && (
          <NumberInput
            size="xs"
            w={130}
            label={t('forecast.ifReviewers')}
            min={-50}
            max={50}
            allowDecimal={false}
            prefix={sign(change.reviewers)}
            value={change.reviewers}
            onChange={(v) => onChange({ ...change, reviewers: numberOf(v) ?? 0 })}
          />
        )}
        <NumberInput
          size="xs"
          w={130}
          label={t('forecast.ifHours')}
          min={-8}
          max={8}
          step={0.5}
          prefix={sign(change.hours)}
          value={change.hours}
          onChange={(v) => onChange({ ...change, hours: numberOf(v) ?? 0 })}
        />
        <NumberInput
          size="xs"
          w={150}
          label={t('forecast.ifOverlap')}
          min={1}
          max={9}
          allowDecimal={false}
          value={change.overlap ?? overlap}
          onChange={(v) => {
            const next = numberOf(v)
            onChange({ ...change, overlap: next === overlap ? undefined : next })
          }}
        />
        {isChanged(change) && (
          <Button size="xs" variant="subtle" onClick={() => onChange(noChange)}>
            {t('forecast.ifReset')}
          </Button>
        )}
      </div>
    </fieldset>
  )
}
