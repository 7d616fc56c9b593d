import { Group, NumberInput, SegmentedControl } from '@mantine/core'
import { OptionalLocalText } from '../../../browser/FormParts.tsx'
import type { FormProps } from '../../../browser/kinds.ts'
import { problemAt } from '../../../browser/problems.ts'
import type { TextConfig } from './text-tool.ts'

/** Set a part, or take it out when it is `undefined`. */
function put<K extends keyof TextConfig>(
  config: TextConfig,
  key: K,
  part: TextConfig[K] | undefined,
): TextConfig {
  const { [key]: _, ...rest } = config
  return (part === undefined ? rest : { ...config, [key]: part }) as TextConfig
}

export function TextForm(props: FormProps<TextConfig>) {
  const { config, onChange, t, problems } = props
  const limit = (key: 'minLength' | 'maxLength', label: string) => (
    <NumberInput
      size="xs"
      label={label}
      min={0}
      allowDecimal={false}
      value={config[key] ?? ''}
      error={problemAt(problems, key)}
      onChange={(n) => onChange(put(config, key, typeof n === 'number' ? n : undefined))}
    />
  )
  return (
    <div className="kb-form">
      <SegmentedControl
        size="xs"
        aria-label={t('text.form.lines')}
        value={config.lines}
        data={[
          { value: 'one', label: t('text.form.one') },
          { value: 'many', label: t('text.form.many') },
        ]}
        onChange={(lines) => onChange({ ...config, lines: lines === 'one' ? 'one' : 'many' })}
      />
      <Group grow gap={6}>
        {limit('minLength', t('text.form.min'))}
        {limit('maxLength', t('text.form.max'))}
      </Group>
      <OptionalLocalText
        label={t('text.form.placeholder')}
        value={config.placeholder}
        onChange={(placeholder) => onChange(put(config, 'placeholder', placeholder))}
      />
    </div>
  )
}
