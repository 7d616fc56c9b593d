import {
  Button,
  Group,
  NumberInput,
  SegmentedControl,
  Select,
  Textarea,
  TextInput,
} from '@mantine/core'
import { useState } from 'react'
import { LocalTextInput, OptionalLocalText, RowList } from '../../../browser/FormParts.tsx'
import type { FormProps } from '../../../browser/kinds.ts'
import { problemAt } from '../../../browser/problems.ts'
import type { ChoiceConfig, Option } from './choice-tool.ts'

const colors = ['1', '2', '3', '4', '5', '6', '7', '8']
/** A value for the data made of a title: its Latin letters and digits, or a number. */
function nameFor(title: string, taken: readonly string[]): string {
  const base = title
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  const stem = base === '' ? `option-${taken.length + 1}` : base.slice(0, 40)
  let value = stem
  for (let n = 2; taken.includes(value); n++) value = `${stem}-${n}`
  return value
}

const without = <T extends object, K extends keyof T>(of: T, key: K): Omit<T, K> => {
  const { [key]: _, ...rest } = of
  return rest
}

export function ChoiceForm(props: FormProps<ChoiceConfig>) {
  const { config, onChange, t } = props
  const set = (more: Partial<ChoiceConfig>) => onChange({ ...config, ...more })
  const setLimit = (key: 'min' | 'max', n: number | string) =>
    onChange(
      typeof n === 'number' ? { ...config, [key]: n } : (without(config, key) as ChoiceConfig),
    )
  return (
    <div className="kb-form">
      <SegmentedControl
        size="xs"
        aria-label={t('choice.form.mode')}
        value={config.mode}
        data={[
          { value: 'single', label: t('choice.form.single') },
          { value: 'multiple', label: t('choice.form.multiple') },
        ]}
        onChange={(mode) =>
          mode === 'single'
            ? onChange({ mode: 'single', options: config.options })
            : set({ mode: 'multiple' })
        }
      />
      {config.mode === 'multiple' && (
        <Group grow gap={6}>
          <NumberInput
            size="xs"
            label={t('choice.form.min')}
            min={0}
            max={config.options.length}
            value={config.min ?? ''}
            error={problemAt(props.problems, 'min')}
            onChange={(n) => setLimit('min', n)}
          />
          <NumberInput
            size="xs"
            label={t('choice.form.max')}
            min={1}
            max={config.options.length}
            value={config.max ?? ''}
            error={problemAt(props.problems, 'max')}
            onChange={(n) => setLimit('max', n)}
          />
        </Group>
      )}
      <RowList
        rows={config.options}
        onChange={(options) => set({ options })}
        labels={{ up: t('form.up'), down: t('form.down'), remove: t('form.remove') }}
        row={(option, setOption, i) => (
          <OptionRow {...props} option={option} place={i} onOption={setOption} />
        )}
      />
      <AddOptions
        config={config}
        onAdd={(more) => set({ options: [...config.options, ...more] })}
        t={t}
      />
    </div>
  )
}

function OptionRow(
  props: FormProps<ChoiceConfig> & {
    readonly option: Option
    readonly place: number
    readonly onOption: (next: Option) => void
  },
) {
  const { option, onOption, t, place, problems } = props
  return (
    <>
      <LocalTextInput
        label={t('choice.form.title')}
        value={option.title}
        error={problemAt(problems, `options.${place}.title`)}
        onChange={(title) => onOption({ ...option, title })}
      />
      <Group grow gap={6} align="flex-start">
        <TextInput
          size="xs"
          label={t('choice.form.value')}
          value={option.value}
          error={problemAt(problems, `options.${place}.value`)}
          onChange={(e) => onOption({ ...option, value: e.currentTarget.value })}
        />
        <Select
          size="xs"
          label={t('choice.form.color')}
          clearable
          data={colors}
          value={option.color === undefined ? null : String(option.color)}
          onChange={(c) =>
            onOption(c === null ? without(option, 'color') : { ...option, color: Number(c) })
          }
        />
      </Group>
      <OptionalLocalText
        label={t('choice.form.help')}
        value={option.help}
        onChange={(help) =>
          onOption(help === undefined ? without(option, 'help') : { ...option, help })
        }
      />
    </>
  )
}

function AddOptions(props: {
  readonly config: ChoiceConfig
  readonly onAdd: (more: readonly Option[]) => void
  readonly t: FormProps<ChoiceConfig>['t']
}) {
  const [lines, setLines] = useState('')
  const taken = props.config.options.map((o) => o.value)
  const addLines = () => {
    const more: Option[] = []
    for (const line of lines.split('\n').map((l) => l.trim())) {
      if (line === '') continue
      const value = nameFor(line, [...taken, ...more.map((o) => o.value)])
      more.push({ value, title: { en: line } })
    }
    props.onAdd(more.slice(0, 200 - taken.length))
    setLines('')
  }
  return (
    <>
      <Button
        size="xs"
        variant="light"
        onClick={() => {
          const n = taken.length + 1
          props.onAdd([{ value: nameFor(`option ${n}`, taken), title: { en: `${n}` } }])
        }}
      >
        {props.t('choice.form.add')}
      </Button>
      <Textarea
        size="xs"
        autosize
        minRows={2}
        maxRows={6}
        label={props.t('choice.form.paste')}
        value={lines}
        onChange={(e) => setLines(e.currentTarget.value)}
      />
      {lines.trim() !== '' && (
        <Button size="xs" variant="default" onClick={addLines}>
          {props.t('choice.form.pasteAdd')}
        </Button>
      )}
    </>
  )
}
