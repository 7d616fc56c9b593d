import { Checkbox, Group, Select } from '@mantine/core'
import type { FormProps } from '../../../browser/kinds.ts'
import { problemAt } from '../../../browser/problems.ts'
import type { PairwiseConfig, Tie } from './pairwise-tool.ts'

const ties: readonly Tie[] = ['both-good', 'both-bad']

export function PairwiseForm(props: FormProps<PairwiseConfig>) {
  const { config, onChange, t } = props
  return (
    <div className="kb-form">
      <Select
        size="xs"
        label={t('pairwise.form.input')}
        data={props.inputs
          .filter((i) => i.kind === 'conversation')
          .map((i) => ({ value: i.id, label: i.title }))}
        value={config.input}
        error={problemAt(props.problems, 'input')}
        onChange={(input) => onChange({ ...config, input: input ?? '' })}
      />
      <Checkbox.Group
        size="xs"
        label={t('pairwise.form.ties')}
        value={[...config.ties]}
        onChange={(on) => onChange({ ...config, ties: ties.filter((tie) => on.includes(tie)) })}
      >
        <Group mt={4}>
          {ties.map((tie) => (
            <Checkbox key={tie} size="xs" value={tie} label={t(`pairwise.${tie}`)} />
          ))}
        </Group>
      </Checkbox.Group>
    </div>
  )
}
