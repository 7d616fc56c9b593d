import type { WireOutput } from '@kasauti/contract'
import { itemStates, type Locale, localText, verdicts } from '@kasauti/core'
import { Button, MultiSelect, Select, TextInput } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import { hasRole, useApi, useMe } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { CommandKey, useCommands } from '../../platform/keys/index.ts'
import type { ItemsFilter, ItemsSearch } from '../../platform/router/index.ts'
import { answerChoices, type Choice, nodeChoices } from './answer-choices.ts'

type FiltersProps = {
  readonly projectId: string
  readonly search: ItemsSearch
  readonly onChange: (next: ItemsSearch) => void
}

type Field = WireOutput<'schema.get'>['schema']['fields'][number]

/** The filter with one part replaced; empty parts are left out, so that addresses stay short. */
function withPart<K extends keyof ItemsFilter>(
  search: ItemsSearch,
  key: K,
  value: ItemsFilter[K] | undefined,
): ItemsSearch {
  const { [key]: _, ...rest } = search.filter ?? {}
  const empty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  const filter: ItemsFilter = empty ? rest : { ...rest, [key]: value }
  const { filter: __, ...others } = search
  return Object.keys(filter).length > 0 ? { ...others, filter } : others
}

function SearchBox({ search, onChange }: Pick<FiltersProps, 'search' | 'onChange'>) {
  const { t } = useI18n()
  const box = useRef<HTMLInputElement>(null)
  const kept = search.filter?.search ?? ''
  const [typed, setTyped] = useState(kept)
  const latest = useRef({ search, onChange })
  useEffect(() => {
    latest.current = { search, onChange }
  })
  useEffect(() => setTyped(kept), [kept])
  useEffect(() => {
    if (typed.trim() === kept) return
    const timer = setTimeout(() => {
      latest.current.onChange(withPart(latest.current.search, 'search', typed.trim()))
    }, 300)
    return () => clearTimeout(timer)
  }, [typed, kept])
  useCommands([
    { id: 'items.search', title: 'items.search', keys: ['Slash'], run: () => box.current?.focus() },
  ])
  return (
    <TextInput
      ref={box}
      size="xs"
      w={150}
      dir="auto"
      label={t('items.search')}
      value={typed}
      maxLength={200}
      rightSection={<CommandKey id="items.search" />}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' || (event.key === 'Enter' && !event.nativeEvent.isComposing))
          event.currentTarget.blur()
      }}
    />
  )
}

/** What a field's answers can be, to choose from; none where they are typed. */
function useChoices(projectId: string, field: Field | undefined, locale: Locale): Choice[] {
  const config = field?.kind === 'taxonomy' ? field.config : undefined
  const taxonomy = useApi(
    'taxonomy.get',
    {
      params: {
        projectId,
        name: String(config?.['taxonomy'] ?? ''),
        version: Number(config?.['version'] ?? 0),
      },
    },
    { enabled: config !== undefined },
  )
  const nodes = taxonomy.data?.nodes
  return useMemo(() => {
    if (!field) return []
    return nodes && field.kind === 'taxonomy'
      ? nodeChoices(nodes, locale)
      : answerChoices(field, locale)
  }, [field, nodes, locale])
}

function AnswerFilter({
  projectId,
  search,
  onChange,
  schema,
}: FiltersProps & { readonly schema: WireOutput<'schema.get'>['schema'] }) {
  const { t, locale } = useI18n()
  const current = search.filter?.answers?.[0]
  const [field, setField] = useState(current?.field ?? '')
  const spec = schema.fields.find((f) => f.id === field)
  const values = useChoices(projectId, spec, locale)
  return (
    <>
      <Select
        size="xs"
        w={110}
        clearable
        label={t('items.field')}
        data={schema.fields.map((f) => ({ value: f.id, label: localText(f.title, locale) }))}
        value={field || null}
        onChange={(next) => {
          setField(next ?? '')
          if (current) onChange(withPart(search, 'answers', undefined))
        }}
      />
      {spec && values.length > 0 && (
        <Select
          size="xs"
          w={150}
          clearable
          searchable
          limit={100}
          comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
          label={t('items.answer')}
          data={values}
          value={current?.value ?? null}
          onChange={(value) =>
            onChange(withPart(search, 'answers', value ? [{ field, value }] : undefined))
          }
        />
      )}
      {spec && values.length === 0 && (
        <TextInput
          size="xs"
          w={150}
          label={t('items.answer')}
          defaultValue={current?.value ?? ''}
          onBlur={(event) => {
            const value = event.currentTarget.value.trim()
            onChange(withPart(search, 'answers', value ? [{ field, value }] : undefined))
          }}
        />
      )}
    </>
  )
}

const dayOf = (instant: string | undefined): string => instant?.slice(0, 10) ?? ''

/** Every way to narrow the table down; kept in the address. */
export function Filters({ projectId, search, onChange }: FiltersProps) {
  const { t } = useI18n()
  const members = useApi('member.list', { params: { projectId } })
  const batches = useApi('batch.list', { params: { projectId }, query: { limit: 200 } })
  const inBatches = (batches.data?.rows ?? []).map((b) => ({
    value: b.batchId,
    label: b.name || t('items.everythingElse'),
  }))
  const schema = useApi('schema.get', { params: { projectId } })
  const seesAuthors = hasRole(useMe(), projectId, ['lead', 'manager', 'engineer'])
  const filter = search.filter ?? {}
  const people = (members.data?.rows ?? []).map((m) => ({ value: m.userId, label: m.name }))
  const day = (key: 'updatedFrom' | 'updatedTo', time: string) => (
    <TextInput
      size="xs"
      type="date"
      w={122}
      label={t(`items.${key}`)}
      value={dayOf(filter[key])}
      onChange={(event) => {
        const value = event.currentTarget.value
        onChange(withPart(search, key, value ? `${value}T${time}Z` : undefined))
      }}
    />
  )
  return (
    <div className="filters">
      <SearchBox search={search} onChange={onChange} />
      <MultiSelect
        size="xs"
        w={120}
        clearable
        label={t('items.state')}
        data={itemStates.map((s) => ({ value: s, label: t(`parts.state.${s}`) }))}
        value={[...(filter.state ?? [])]}
        onChange={(chosen) =>
          onChange(
            withPart(
              search,
              'state',
              itemStates.filter((s) => chosen.includes(s)),
            ),
          )
        }
      />
      {inBatches.length > 1 && (
        <Select
          size="xs"
          w={110}
          clearable
          searchable
          label={t('items.batch')}
          data={inBatches}
          value={filter.batchId ?? null}
          onChange={(batchId) => onChange(withPart(search, 'batchId', batchId ?? undefined))}
        />
      )}
      {seesAuthors && (
        <Select
          size="xs"
          w={110}
          clearable
          searchable
          label={t('items.author')}
          data={people}
          value={filter.author ?? null}
          onChange={(author) => onChange(withPart(search, 'author', author ?? undefined))}
        />
      )}
      <Select
        size="xs"
        w={90}
        clearable
        label={t('items.verdict')}
        data={verdicts.map((v) => ({ value: v, label: t(`parts.verdict.${v}`) }))}
        value={filter.verdict ?? null}
        onChange={(verdict) =>
          onChange(
            withPart(
              search,
              'verdict',
              verdicts.find((v) => v === verdict),
            ),
          )
        }
      />
      {schema.data && (
        <AnswerFilter
          projectId={projectId}
          search={search}
          onChange={onChange}
          schema={schema.data.schema}
        />
      )}
      {day('updatedFrom', '00:00:00.000')}
      {day('updatedTo', '23:59:59.999')}
      {search.filter && (
        <Button
          size="xs"
          variant="subtle"
          onClick={() => onChange({ ...search, filter: undefined })}
        >
          {t('items.clear')}
        </Button>
      )}
    </div>
  )
}
