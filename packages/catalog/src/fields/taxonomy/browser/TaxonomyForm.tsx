import { localText } from '@kasauti/core'
import { Group, NumberInput, SegmentedControl, Select, Switch } from '@mantine/core'
import type { FormProps } from '../../../browser/kinds.ts'
import { problemAt } from '../../../browser/problems.ts'
import type { TaxonomyConfig } from './taxonomy-tool.ts'

export function TaxonomyForm(props: FormProps<TaxonomyConfig>) {
  const { config, onChange, t, taxonomies } = props
  const set = (more: Partial<TaxonomyConfig>) => onChange({ ...config, ...more })
  const latest = taxonomies.find((x) => x.name === config.taxonomy)?.version
  return (
    <div className="kb-form">
      {taxonomies.length === 0 && <p className="kb-note">{t('taxonomy.form.none')}</p>}
      <Group grow gap={6} align="flex-start">
        <Select
          size="xs"
          label={t('taxonomy.form.taxonomy')}
          data={taxonomies.map((x) => ({ value: x.name, label: localText(x.title, props.locale) }))}
          value={latest === undefined ? null : config.taxonomy}
          error={problemAt(props.problems, 'taxonomy')}
          onChange={(name) => {
            const chosen = taxonomies.find((x) => x.name === name)
            if (chosen) set({ taxonomy: chosen.name, version: chosen.version })
          }}
        />
        <NumberInput
          size="xs"
          label={t('taxonomy.form.version')}
          min={1}
          max={latest ?? 1}
          value={config.version}
          error={problemAt(props.problems, 'version')}
          onChange={(n) => set({ version: Number(n) })}
        />
      </Group>
      <SegmentedControl
        size="xs"
        aria-label={t('taxonomy.form.mode')}
        value={config.mode}
        data={[
          { value: 'single', label: t('taxonomy.form.single') },
          { value: 'multiple', label: t('taxonomy.form.multiple') },
        ]}
        onChange={(mode) => set({ mode: mode === 'single' ? 'single' : 'multiple' })}
      />
      <Switch
        size="xs"
        label={t('taxonomy.form.leavesOnly')}
        checked={config.leavesOnly}
        onChange={(e) => set({ leavesOnly: e.currentTarget.checked })}
      />
    </div>
  )
}
