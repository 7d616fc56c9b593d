import { Checkbox, Group } from '@mantine/core'
import { ConversationSelect } from '../../../browser/ConversationSelect.tsx'
import type { FormProps } from '../../../browser/kinds.ts'
import type { PairwiseConfig, Tie } from './pairwise-tool.ts'

const ties: readonly Tie[] = ['both-good', 'both-bad']

export function PairwiseForm(props: FormProps<PairwiseConfig>) {
  const { config, onChange, t } = props
  return (
    <div className="kb-form">
      <ConversationSelect {...props} label={t('pairwise.form.input')} />
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
