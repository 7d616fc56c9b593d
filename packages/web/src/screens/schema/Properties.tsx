import {
  type FieldSpec,
  fieldKind,
  type InputSpec,
  inputKind,
  type TaskSchema,
} from '@kasauti/catalog'
import {
  type FieldForm,
  type FormContext,
  fieldForm,
  LocalTextInput,
  OptionalLocalText,
  problemAt,
} from '@kasauti/catalog/browser'
import { localText, type Problem } from '@kasauti/core'
import { Checkbox, Group, Select, Switch, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { Waiting } from '../../parts/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { roomTranslate } from '../../workbench/index.ts'
import { Conditions } from './Conditions.tsx'
import { type Place, problemsIn, setField, setInput } from './draft.ts'

type Props = {
  readonly schema: TaskSchema
  readonly place: Place
  readonly problems: readonly Problem[]
  readonly taxonomies: FormContext['taxonomies']
  readonly onChange: (next: TaskSchema, what: string) => void
}

/** The properties of what is selected. */
export function Properties(props: Props) {
  const { schema, place } = props
  const { t } = useI18n()
  const input = place.part === 'inputs' ? schema.inputs[place.at] : undefined
  const field = place.part === 'fields' ? schema.fields[place.at] : undefined
  const problems = problemsIn(props.problems, place)
  return (
    <section className="sd-properties" aria-label={t('schema.properties')}>
      {problems.length > 0 && (
        <ul className="sd-problems">
          {problems.map((p) => (
            <li key={`${p.path} ${p.message}`}>
              <code>{p.path}</code> {p.message}
            </li>
          ))}
        </ul>
      )}
      {input && (
        <InputProperties {...props} key={`i${place.at}`} input={input} problems={problems} />
      )}
      {field && (
        <FieldProperties
          {...props}
          key={`f${place.at} ${field.kind}`}
          field={field}
          problems={problems}
        />
      )}
    </section>
  )
}

const languages = ['en', 'hi', 'hi-Latn']

function InputProperties(props: Props & { readonly input: InputSpec }) {
  const { input, schema, place, problems } = props
  const { t } = useI18n()
  const set = (next: InputSpec, what: string) =>
    props.onChange(setInput(schema, place.at, next), `inputs.${place.at}.${what}`)
  const lang = input.config['lang']
  const { title: _, ...untitled } = input
  return (
    <div className="kb-form">
      <h2>{t(`schema.kind.${input.kind}`)}</h2>
      <TextInput
        size="xs"
        label={t('schema.inputId')}
        description={t('schema.inputIdHelp')}
        value={input.id}
        error={problemAt(problems, 'id')}
        onChange={(e) => set({ ...input, id: e.currentTarget.value }, 'id')}
      />
      <OptionalLocalText
        label={t('schema.title')}
        value={input.title}
        onChange={(title) => set(title === undefined ? untitled : { ...input, title }, 'title')}
      />
      <Select
        size="xs"
        clearable
        label={t('schema.language')}
        placeholder={t('schema.languageAuto')}
        data={languages.map((value) => ({ value, label: t(`schema.language.${value}`) }))}
        value={typeof lang === 'string' ? lang : null}
        onChange={(value) => {
          const { lang: __, ...rest } = input.config
          set({ ...input, config: value === null ? rest : { ...rest, lang: value } }, 'lang')
        }}
      />
    </div>
  )
}

function useForm(kind: string): FieldForm | undefined {
  const [form, setForm] = useState<FieldForm>()
  useEffect(() => {
    let gone = false
    void fieldForm(kind).then((found) => {
      if (!gone) setForm(found)
    })
    return () => {
      gone = true
    }
  }, [kind])
  return form
}

function FieldProperties(props: Props & { readonly field: FieldSpec }) {
  const { field, schema, place, problems } = props
  const { t, locale } = useI18n()
  const form = useForm(field.kind)
  const set = (next: FieldSpec, what: string) =>
    props.onChange(setField(schema, place.at, next), `fields.${place.at}.${what}`)
  const { help: _, ...unhelped } = field
  const { when: __, ...always } = field
  const inputs = schema.inputs.map((i) => ({
    id: i.id,
    kind: i.kind,
    title: i.title ? localText(i.title, locale) : i.id,
  }))
  const context = { inputs, taxonomies: props.taxonomies }
  const checked = fieldKind(field.kind)?.config.safeParse(field.config)
  return (
    <div className="kb-form">
      <h2>{t(`schema.kind.${field.kind}`)}</h2>
      <LocalTextInput
        label={t('schema.question')}
        value={field.title}
        error={problemAt(problems, 'title')}
        onChange={(title) => set({ ...field, title }, 'title')}
      />
      <OptionalLocalText
        label={t('schema.help')}
        value={field.help}
        onChange={(help) => set(help === undefined ? unhelped : { ...field, help }, 'help')}
      />
      <TextInput
        size="xs"
        label={t('schema.fieldId')}
        description={t('schema.fieldIdHelp')}
        value={field.id}
        error={problemAt(problems, 'id')}
        onChange={(e) => set({ ...field, id: e.currentTarget.value }, 'id')}
      />
      <Switch
        size="xs"
        label={t('schema.required')}
        checked={field.required}
        onChange={(e) => set({ ...field, required: e.currentTarget.checked }, 'required')}
      />
      <AskedOf field={field} schema={schema} onChange={(per) => set({ ...field, per }, 'per')} />
      <Conditions
        value={field.when}
        before={schema.fields.slice(0, place.at)}
        onChange={(when) => set(when === undefined ? always : { ...field, when }, 'when')}
      />
      <hr />
      {form ? (
        <form.Form
          config={
            checked?.success
              ? checked.data
              : { ...(form.fresh(context) as object), ...field.config }
          }
          onChange={(config) => set({ ...field, config: config as FieldSpec['config'] }, 'config')}
          problems={problemsIn(props.problems, place, 'config')}
          locale={locale}
          t={roomTranslate(form.messages, locale)}
          {...context}
        />
      ) : (
        <Waiting lines={4} />
      )}
    </div>
  )
}

/** Of the whole item, or of each turn of a conversation with one of the roles. */
function AskedOf(props: {
  readonly field: FieldSpec
  readonly schema: TaskSchema
  readonly onChange: (per: FieldSpec['per']) => void
}) {
  const { per } = props.field
  const { t, locale } = useI18n()
  const withTurns = props.schema.inputs.filter(
    (i) => (inputKind(i.kind)?.turnRoles ?? []).length > 0,
  )
  if (withTurns.length === 0 && per.of === 'item') return null
  const roles =
    per.of === 'turn'
      ? (inputKind(props.schema.inputs.find((i) => i.id === per.input)?.kind ?? '')?.turnRoles ??
        per.roles)
      : []
  return (
    <>
      <Select
        size="xs"
        label={t('schema.per')}
        allowDeselect={false}
        data={[
          { value: '', label: t('schema.per.item') },
          ...withTurns.map((i) => ({
            value: i.id,
            label: t('schema.per.turn', { input: i.title ? localText(i.title, locale) : i.id }),
          })),
        ]}
        value={per.of === 'item' ? '' : per.input}
        onChange={(input) =>
          props.onChange(
            input
              ? { of: 'turn', input, roles: per.of === 'turn' ? per.roles : ['assistant'] }
              : { of: 'item' },
          )
        }
      />
      {per.of === 'turn' && (
        <Checkbox.Group
          size="xs"
          label={t('schema.per.roles')}
          value={[...per.roles]}
          onChange={(next) =>
            props.onChange({ ...per, roles: roles.filter((r) => next.includes(r)) })
          }
        >
          <Group mt={4}>
            {roles.map((role) => (
              <Checkbox key={role} size="xs" value={role} label={t(`schema.role.${role}`)} />
            ))}
          </Group>
        </Checkbox.Group>
      )}
    </>
  )
}
