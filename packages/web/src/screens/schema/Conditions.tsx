import type { Condition, FieldSpec } from '@kasauti/catalog'
import { type LocalText, localText } from '@kasauti/core'
import {
  ActionIcon,
  Button,
  Group,
  SegmentedControl,
  Select,
  Switch,
  TextInput,
} from '@mantine/core'
import { useI18n } from '../../platform/i18n/index.ts'

type ClauseOf = Condition['clauses'][number]
const tests: readonly ClauseOf['is'][] = [
  'answered',
  'unanswered',
  'equal',
  'not-equal',
  'at-least',
  'at-most',
]
const wantsValue = (is: ClauseOf['is']) => is !== 'answered' && is !== 'unanswered'

/** Values a field's answer can be compared with, where they are known beforehand. */
function valuesOf(
  field: FieldSpec | undefined,
  locale: 'en' | 'hi',
): readonly { value: string; label: string }[] | undefined {
  const options = (field?.config['options'] ?? field?.config['levels']) as
    | readonly { value: string | number; title: LocalText }[]
    | undefined
  return options?.map((o) => ({
    value: String(o.value),
    label: `${o.value} · ${localText(o.title, locale)}`,
  }))
}

function withTest(clause: ClauseOf, is: ClauseOf['is'], fallback: string): ClauseOf {
  if (!wantsValue(is)) return { field: clause.field, is }
  const value = clause.value ?? fallback
  return {
    field: clause.field,
    is,
    value: is === 'at-least' || is === 'at-most' ? Number(value) || 0 : String(value),
  }
}

/** When a field is asked: comparisons with the answers to the fields before it. */
export function Conditions(props: {
  readonly value: Condition | undefined
  readonly before: readonly FieldSpec[]
  readonly onChange: (next: Condition | undefined) => void
}) {
  const { value, before, onChange } = props
  const { t, locale } = useI18n()
  const first = before[0]
  const fresh = (): ClauseOf => ({ field: first?.id ?? '', is: 'answered' })
  if (!first && !value) return <p className="sub small">{t('schema.when.noneBefore')}</p>
  return (
    <div className="sd-when">
      <Switch
        size="xs"
        label={t('schema.when.only')}
        checked={value !== undefined}
        onChange={(e) =>
          onChange(e.currentTarget.checked ? { match: 'all', clauses: [fresh()] } : undefined)
        }
      />
      {value && (
        <>
          {value.clauses.length > 1 && (
            <SegmentedControl
              size="xs"
              aria-label={t('schema.when.match')}
              value={value.match}
              data={[
                { value: 'all', label: t('schema.when.all') },
                { value: 'any', label: t('schema.when.any') },
              ]}
              onChange={(match) => onChange({ ...value, match: match === 'any' ? 'any' : 'all' })}
            />
          )}
          {value.clauses.map((clause, i) => {
            const set = (next: ClauseOf) =>
              onChange({ ...value, clauses: value.clauses.map((c, j) => (j === i ? next : c)) })
            const values = valuesOf(
              before.find((f) => f.id === clause.field),
              locale,
            )
            const setValue = (text: string) =>
              set({
                ...clause,
                value: clause.is === 'at-least' || clause.is === 'at-most' ? Number(text) : text,
              })
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: clauses have no other identity
              <Group key={i} gap={4} wrap="nowrap" align="flex-end">
                <Select
                  size="xs"
                  style={{ flex: 2 }}
                  aria-label={t('schema.when.field')}
                  data={before.map((f) => ({
                    value: f.id,
                    label: localText(f.title, locale) || f.id,
                  }))}
                  value={clause.field}
                  onChange={(field) => set({ field: field ?? '', is: 'answered' })}
                />
                <Select
                  size="xs"
                  style={{ flex: 2 }}
                  aria-label={t('schema.when.test')}
                  data={tests.map((is) => ({ value: is, label: t(`schema.when.${is}`) }))}
                  value={clause.is}
                  onChange={(is) =>
                    set(
                      withTest(
                        clause,
                        tests.find((x) => x === is) ?? 'answered',
                        values?.[0]?.value ?? '',
                      ),
                    )
                  }
                />
                {wantsValue(clause.is) &&
                  (values ? (
                    <Select
                      size="xs"
                      style={{ flex: 2 }}
                      aria-label={t('schema.when.value')}
                      data={[...values]}
                      value={String(clause.value ?? '')}
                      onChange={(x) => setValue(x ?? '')}
                    />
                  ) : (
                    <TextInput
                      size="xs"
                      style={{ flex: 2 }}
                      aria-label={t('schema.when.value')}
                      value={String(clause.value ?? '')}
                      onChange={(e) => setValue(e.currentTarget.value)}
                    />
                  ))}
                <ActionIcon
                  size="sm"
                  variant="subtle"
                  color="gray"
                  aria-label={t('schema.when.remove')}
                  onClick={() =>
                    onChange(
                      value.clauses.length === 1
                        ? undefined
                        : { ...value, clauses: value.clauses.filter((_, j) => j !== i) },
                    )
                  }
                >
                  ×
                </ActionIcon>
              </Group>
            )
          })}
          {value.clauses.length < 10 && (
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => onChange({ ...value, clauses: [...value.clauses, fresh()] })}
            >
              {t('schema.when.add')}
            </Button>
          )}
        </>
      )}
    </div>
  )
}
