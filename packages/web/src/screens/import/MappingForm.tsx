import type { WireOutput } from '@kasauti/contract'
import { localText } from '@kasauti/core'
import { Select } from '@mantine/core'
import { useI18n } from '../../platform/i18n/index.ts'
import { sourceValue, withKey, withSource } from './mapping.ts'
import type { Mapping, Preview } from './preview.ts'

type MappingFormProps = {
  readonly inputs: WireOutput<'schema.get'>['schema']['inputs']
  readonly columns: Preview['columns']
  readonly mapping: Mapping
  readonly onChange: (mapping: Mapping) => void
}

/** Which column feeds which input, and which one names the item. */
export function MappingForm({ inputs, columns, mapping, onChange }: MappingFormProps) {
  const { t, locale } = useI18n()
  const names = [...new Set(columns.map((c) => c.name))].slice(0, 2000)
  const sources = (current: string) => [
    ...names.map((name) => ({ value: `column ${name}`, label: name })),
    { value: 'row', label: t('import.wholeRow') },
    ...(current === 'parts' ? [{ value: 'parts', label: t('import.parts') }] : []),
  ]
  return (
    <section>
      <h2>{t('import.mapping')}</h2>
      <div className="line-row options-row">
        {inputs.map((input) => {
          const current = sourceValue(mapping.inputs[input.id])
          return (
            <Select
              key={input.id}
              w={240}
              searchable
              label={input.title ? localText(input.title, locale) : input.id}
              description={t('import.inputKind', { kind: input.kind })}
              placeholder={t('import.pickColumn')}
              data={sources(current)}
              value={current || null}
              error={current === '' ? t('import.unmapped') : undefined}
              onChange={(value) => onChange(withSource(mapping, input.id, value ?? ''))}
            />
          )
        })}
        <Select
          w={240}
          searchable
          label={t('import.key')}
          description={t('import.keyText')}
          data={[
            { value: '', label: t('import.noKey') },
            ...names.map((name) => ({ value: name, label: name })),
          ]}
          value={mapping.key ?? ''}
          onChange={(value) => onChange(withKey(mapping, value ?? ''))}
        />
      </div>
    </section>
  )
}
