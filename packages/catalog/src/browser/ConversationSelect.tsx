import { Select } from '@mantine/core'
import type { FormProps } from './kinds.ts'
import { problemAt } from './problems.ts'

/** Which conversation's candidates a field compares. */
export function ConversationSelect<Config extends { readonly input: string }>(
  props: FormProps<Config> & { readonly label: string },
) {
  const { config, onChange } = props
  return (
    <Select
      size="xs"
      label={props.label}
      data={props.inputs
        .filter((i) => i.kind === 'conversation')
        .map((i) => ({ value: i.id, label: i.title }))}
      value={config.input}
      error={problemAt(props.problems, 'input')}
      onChange={(input) => onChange({ ...config, input: input ?? '' })}
    />
  )
}
