import type { TemplateCard } from '@kasauti/contract'
import { localText } from '@kasauti/core'
import { Button, Checkbox, Radio, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { z } from 'zod'
import { Answer, Failed, Page } from '../../parts/index.ts'
import { useApi, useApiMutation } from '../../platform/api/index.ts'
import { type Translate, useI18n } from '../../platform/i18n/index.ts'

type Card = z.output<typeof TemplateCard>

const languageName = (tag: string, locale: string): string => {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}

const kinds = ['choice', 'taxonomy', 'rating', 'text', 'pairwise', 'ranking']
/** A field kind in words; a kind without a name here stays as it is. */
const kindName = (kind: string, t: Translate): string =>
  kinds.includes(kind) ? t(`newProject.kind.${kind}`) : kind

function TemplateChoice({ card }: { readonly card: Card }) {
  const { t, locale, format } = useI18n()
  return (
    <Radio.Card
      value={card.name}
      className="template-card"
      aria-label={localText(card.title, locale)}
    >
      <div className="line-row">
        <Radio.Indicator />
        <strong className="grow">{localText(card.title, locale)}</strong>
      </div>
      <div className="sub small">{localText(card.summary, locale)}</div>
      <div className="small">
        {t('newProject.asks', {
          fields: format.list(card.fields.map((kind) => kindName(kind, t))),
        })}
      </div>
      <div className="line-row tags">
        {card.languages.map((tag) => (
          <span key={tag} className="tag">
            {languageName(tag, locale)}
          </span>
        ))}
      </div>
    </Radio.Card>
  )
}

function NewProjectForm({ cards }: { readonly cards: readonly Card[] }) {
  const { t, locale } = useI18n()
  const navigate = useNavigate()
  const [chosen, setChosen] = useState(cards[0]?.name ?? '')
  const [typedName, setTypedName] = useState<string>()
  const [samples, setSamples] = useState(true)
  const create = useApiMutation('project.create', ['project', 'session.me', 'work.today'])
  const card = cards.find((c) => c.name === chosen)
  const name = typedName ?? (card ? localText(card.title, locale) : '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!card) return
    const body = { name, template: card.name, sampleItems: samples && card.sampleItems > 0 }
    create.mutate(
      { body },
      {
        onSuccess: ({ projectId }) =>
          void navigate({
            to: card.sampleItems > 0 ? '/projects/$projectId' : '/projects/$projectId/schema',
            params: { projectId },
          }),
      },
    )
  }
  return (
    <form className="stack" onSubmit={submit}>
      <Radio.Group value={chosen} onChange={setChosen} label={t('newProject.template')}>
        <div className="template-grid">
          {cards.map((c) => (
            <TemplateChoice key={c.name} card={c} />
          ))}
        </div>
      </Radio.Group>
      <div className="form-narrow stack-tight">
        <TextInput
          label={t('newProject.name')}
          required
          maxLength={120}
          dir="auto"
          value={name}
          onChange={(event) => setTypedName(event.currentTarget.value)}
        />
        {card && card.sampleItems > 0 && (
          <Checkbox
            label={t('newProject.samples', { count: card.sampleItems })}
            checked={samples}
            onChange={(event) => setSamples(event.currentTarget.checked)}
          />
        )}
        {create.isError && <Failed error={create.error} />}
        <div>
          <Button type="submit" loading={create.isPending}>
            {t('newProject.button')}
          </Button>
        </div>
      </div>
    </form>
  )
}

/** A new project, from a template or from scratch. */
export function NewProjectScreen() {
  const { t } = useI18n()
  const templates = useApi('template.list', {})
  return (
    <Page title={t('newProject.title')} sub={t('newProject.sub')}>
      <Answer of={templates}>{({ rows }) => <NewProjectForm cards={rows} />}</Answer>
    </Page>
  )
}
