import { SegmentedControl, Select } from '@mantine/core'
import type { FormProps } from '../../../browser/kinds.ts'
import { problemAt } from '../../../browser/problems.ts'
import type { RankingConfig } from './ranking-tool.ts'

export function RankingForm(props: FormProps<RankingConfig>) {
  const { config, onChange, t } = props
  return (
    <div className="kb-form">
      <Select
        size="xs"
        label={t('ranking.form.input')}
        data={props.inputs
          .filter((i) => i.kind === 'conversation')
          .map((i) => ({ value: i.id, label: i.title }))}
        value={config.input}
        error={problemAt(props.problems, 'input')}
        onChange={(input) => onChange({ ...config, input: input ?? '' })}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('ranking.form.ties')}
        value={config.ties}
        data={[
          { value: 'allowed', label: t('ranking.form.allowed') },
          { value: 'refused', label: t('ranking.form.refused') },
        ]}
        onChange={(ties) =>
          onChange({ ...config, ties: ties === 'allowed' ? 'allowed' : 'refused' })
        }
      />
    </div>
  )
}
