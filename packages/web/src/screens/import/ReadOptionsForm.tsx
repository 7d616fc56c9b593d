import { Checkbox, Select } from '@mantine/core'
import { useT } from '../../platform/i18n/index.ts'
import type { ReadOptions } from './preview.ts'

const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-1']
const delimiters = [',', ';', '\t', '|'] as const
const delimiterNames: Readonly<Record<string, string>> = {
  ',': 'import.delimiter.comma',
  ';': 'import.delimiter.semicolon',
  '\t': 'import.delimiter.tab',
  '|': 'import.delimiter.bar',
}

type ReadOptionsFormProps = {
  readonly options: ReadOptions
  readonly formats: readonly string[]
  readonly onChange: (next: ReadOptions) => void
}

/** What was detected, changeable. */
export function ReadOptionsForm({ options, formats, onChange }: ReadOptionsFormProps) {
  const t = useT()
  const tabular =
    options.delimiter !== undefined || options.format === 'csv' || options.format === 'tsv'
  const known = [...new Set([...delimiters, options.delimiter ?? ','])]
  return (
    <section className="line-row options-row">
      <Select
        label={t('import.format')}
        w={130}
        data={[...new Set([options.format, ...formats])].map((f) => ({
          value: f,
          label: f.toUpperCase(),
        }))}
        value={options.format}
        onChange={(format) => format && onChange({ format, encoding: options.encoding })}
      />
      <Select
        label={t('import.encoding')}
        w={160}
        data={[...new Set([options.encoding, ...encodings])]}
        value={options.encoding}
        onChange={(encoding) => encoding && onChange({ ...options, encoding })}
      />
      {tabular && (
        <>
          <Select
            label={t('import.delimiter')}
            w={160}
            data={known.map((d) => ({
              value: d,
              label: delimiterNames[d] ? t(delimiterNames[d]) : d,
            }))}
            value={options.delimiter ?? ','}
            onChange={(delimiter) => delimiter && onChange({ ...options, delimiter })}
          />
          <Checkbox
            className="option-check"
            label={t('import.header')}
            checked={options.header ?? true}
            onChange={(event) => onChange({ ...options, header: event.currentTarget.checked })}
          />
        </>
      )}
    </section>
  )
}
