import type { Mapping } from './preview.ts'

type Source = Mapping['inputs'][string]
/** `row`: the whole row; `column name`; `parts`: a mapping of parts that was made elsewhere; ''. */
export const sourceValue = (source: Source | undefined): string => {
  if (!source) return ''
  if ('wholeRow' in source) return 'row'
  return 'column' in source ? `column ${source.column}` : 'parts'
}

/** The mapping after an input was given another source. */
export function withSource(mapping: Mapping, input: string, value: string): Mapping {
  if (value === 'parts') return mapping
  const { [input]: _, ...others } = mapping.inputs
  if (value === '') return { ...mapping, inputs: others }
  const source: Source =
    value === 'row' ? { wholeRow: true } : { column: value.slice('column '.length) }
  return { ...mapping, inputs: { ...others, [input]: source } }
}

/** The mapping after the key column was chosen; '' numbers the items. */
export function withKey(mapping: Mapping, key: string): Mapping {
  const { key: _, ...rest } = mapping
  return key === '' ? rest : { ...rest, key }
}
