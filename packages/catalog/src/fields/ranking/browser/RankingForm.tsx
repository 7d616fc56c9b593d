import { SegmentedControl } from '@mantine/core'
import { ConversationSelect } from '../../../browser/ConversationSelect.tsx'
import type { FormProps } from '../../../browser/kinds.ts'
import type { RankingConfig } from './ranking-tool.ts'

export function RankingForm(props: FormProps<RankingConfig>) {
  const { config, onChange, t } = props
  return (
    <div className="kb-form">
      <ConversationSelect {...props} label={t('ranking.form.input')} />
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
