import { Button, NumberInput, Switch } from '@mantine/core'
import { LocalTextInput, OptionalLocalText, RowList } from '../../../browser/FormParts.tsx'
import type { FormProps } from '../../../browser/kinds.ts'
import { problemAt } from '../../../browser/problems.ts'
import type { Level, RatingConfig } from './rating-tool.ts'

const anchored = (level: Level, anchor: Level['anchor']): Level =>
  anchor === undefined ? { value: level.value, title: level.title } : { ...level, anchor }

export function RatingForm(props: FormProps<RatingConfig>) {
  const { config, onChange, t, problems } = props
  const set = (more: Partial<RatingConfig>) => onChange({ ...config, ...more })
  const next = (config.levels.at(-1)?.value ?? 0) + 1
  return (
    <div className="kb-form">
      <RowList
        rows={config.levels}
        atLeast={2}
        onChange={(levels) => set({ levels })}
        labels={{ up: t('form.up'), down: t('form.down'), remove: t('form.remove') }}
        row={(level, setLevel, i) => (
          <>
            <NumberInput
              size="xs"
              w={90}
              label={t('rating.form.value')}
              allowDecimal={false}
              value={level.value}
              error={problemAt(problems, `levels.${i}.value`)}
              onChange={(n) => setLevel({ ...level, value: Number(n) })}
            />
            <LocalTextInput
              label={t('rating.form.title')}
              value={level.title}
              error={problemAt(problems, `levels.${i}.title`)}
              onChange={(title) => setLevel({ ...level, title })}
            />
            <OptionalLocalText
              label={t('rating.form.anchor')}
              value={level.anchor}
              onChange={(anchor) => setLevel(anchored(level, anchor))}
            />
          </>
        )}
      />
      <Button
        size="xs"
        variant="light"
        disabled={config.levels.length >= 11}
        onClick={() =>
          set({ levels: [...config.levels, { value: next, title: { en: `${next}` } }] })
        }
      >
        {t('rating.form.add')}
      </Button>
      <Switch
        size="xs"
        label={t('rating.form.notApplicable')}
        checked={config.notApplicable}
        onChange={(e) => set({ notApplicable: e.currentTarget.checked })}
      />
    </div>
  )
}
