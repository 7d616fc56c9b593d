import type { TemplateCard } from '@kasauti/contract'
import { localText } from '@kasauti/core'
import { Button, Checkbox } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { Answer, toast } from '../../parts/index.ts'
import { client, errorText, refreshAnswers, useApi } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'

type Card = z.output<typeof TemplateCard>

function Choice({
  card,
  chosen,
  onToggle,
}: {
  readonly card: Card
  readonly chosen: boolean
  readonly onToggle: () => void
}) {
  const { t, locale } = useI18n()
  return (
    <Checkbox.Card
      className="template-card"
      checked={chosen}
      onClick={onToggle}
      aria-label={localText(card.title, locale)}
    >
      <div className="line-row">
        <Checkbox.Indicator />
        <strong className="grow">{localText(card.title, locale)}</strong>
      </div>
      <div className="sub small">{localText(card.summary, locale)}</div>
      <div className="small">{t('setup.sampleItems', { count: card.sampleItems })}</div>
    </Checkbox.Card>
  )
}

/** Sample projects to look at, or an empty one of one's own. */
export function FirstProjects() {
  const { t, locale } = useI18n()
  const navigate = useNavigate()
  const templates = useApi('template.list', {})
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [busy, setBusy] = useState(false)
  const make = async (cards: readonly Card[]) => {
    setBusy(true)
    try {
      for (const card of cards)
        await client.call('project.create', {
          body: { name: localText(card.title, locale), template: card.name, sampleItems: true },
        })
      await refreshAnswers(['session.me'])
      await navigate({ to: '/' })
    } catch (thrown) {
      toast({ text: errorText(thrown, t), tone: 'bad' })
    }
    setBusy(false)
  }
  const toggle = (name: string) => {
    const next = new Set(left)
    if (!next.delete(name)) next.add(name)
    setLeft(next)
  }
  return (
    <Answer of={templates}>
      {({ rows }) => {
        const withSamples = rows.filter((card) => card.sampleItems > 0)
        const chosen = withSamples.filter((card) => !left.has(card.name))
        return (
          <>
            <div className="template-grid">
              {withSamples.map((card) => (
                <Choice
                  key={card.name}
                  card={card}
                  chosen={!left.has(card.name)}
                  onToggle={() => toggle(card.name)}
                />
              ))}
            </div>
            <div className="line-row">
              <Button
                loading={busy}
                disabled={chosen.length === 0}
                onClick={() => void make(chosen)}
              >
                {t('setup.makeSamples', { count: chosen.length })}
              </Button>
              <Button variant="default" onClick={() => void navigate({ to: '/projects/new' })}>
                {t('setup.makeEmpty')}
              </Button>
              <Button variant="subtle" onClick={() => void navigate({ to: '/' })}>
                {t('setup.later')}
              </Button>
            </div>
          </>
        )
      }}
    </Answer>
  )
}
