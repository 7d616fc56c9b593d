import type { WireOutput } from '@kasauti/contract'
import { SegmentedControl, Tabs } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Answer, Empty, Page } from '../../parts/index.ts'
import { useApi } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { Exams } from './Exams.tsx'
import { GoldPeople } from './GoldPeople.tsx'
import { Policy } from './Policy.tsx'

type Gold = WireOutput<'gold.list'>['rows'][number]
type Use = Gold['use']

function Row({ projectId, gold }: { readonly projectId: string; readonly gold: Gold }) {
  const { t, format } = useI18n()
  return (
    <tr>
      <td>
        <Link
          to="/projects/$projectId/items/$itemId/gold"
          params={{ projectId, itemId: gold.itemId }}
          dir="auto"
        >
          {gold.key}
        </Link>
        <div className="sub small gold-preview" dir="auto">
          {gold.preview}
        </div>
      </td>
      <td>
        <code>{gold.reference}</code>
      </td>
      <td>
        <span className="tag">{t(`gold.use.${gold.use}`)}</span>{' '}
        {gold.doubtful && <span className="tag warn">{t('gold.doubtful')}</span>}
      </td>
      <td className="num">
        {t('gold.ofAnswers', {
          correct: format.number(gold.correct),
          answered: format.number(gold.answered),
        })}
      </td>
      <td className="num">
        {t('gold.ofAnswers', {
          correct: format.number(gold.good.correct),
          answered: format.number(gold.good.answered),
        })}
      </td>
    </tr>
  )
}

function GoldList({ projectId }: { readonly projectId: string }) {
  const { t } = useI18n()
  const [use, setUse] = useState<Use | 'all' | 'retired'>('all')
  const query = {
    limit: 200,
    ...(use === 'retired' ? { retired: 'true' } : use === 'all' ? {} : { use }),
  }
  const list = useApi('gold.list', { params: { projectId }, query }, { keep: 'previous' })
  return (
    <div className="stack-tight">
      <SegmentedControl
        size="xs"
        className="to-start"
        aria-label={t('gold.filter')}
        value={use}
        data={(['all', 'hidden', 'training', 'exam', 'retired'] as const).map((value) => ({
          value,
          label: t(`gold.use.${value}`),
        }))}
        onChange={(value) => setUse(value as Use | 'all' | 'retired')}
      />
      <Answer of={list}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty
              title={t('gold.none')}
              text={t('gold.noneText')}
              action={
                <Link to="/projects/$projectId/items" params={{ projectId }}>
                  {t('gold.toItems')}
                </Link>
              }
            />
          ) : (
            <table className="plain">
              <thead>
                <tr>
                  <th>{t('gold.item')}</th>
                  <th>{t('gold.reference')}</th>
                  <th>{t('gold.useTitle')}</th>
                  <th className="num">{t('gold.right')}</th>
                  <th className="num" title={t('gold.goodText')}>
                    {t('gold.good')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((gold) => (
                  <Row key={gold.goldId} projectId={projectId} gold={gold} />
                ))}
              </tbody>
            </table>
          )
        }
      </Answer>
    </div>
  )
}

/** Trusted answers: what they are, how often people meet them, what they say of people, exams made of them. */
export function GoldScreen() {
  const { t } = useI18n()
  const { projectId = '' } = useParams({ strict: false })
  return (
    <Page title={t('gold.title')} sub={t('gold.text')}>
      <Tabs defaultValue="list" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="list">{t('gold.list')}</Tabs.Tab>
          <Tabs.Tab value="people">{t('gold.people')}</Tabs.Tab>
          <Tabs.Tab value="policy">{t('gold.policy')}</Tabs.Tab>
          <Tabs.Tab value="exams">{t('gold.exams')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="list" pt="md">
          <GoldList projectId={projectId} />
        </Tabs.Panel>
        <Tabs.Panel value="people" pt="md">
          <GoldPeople projectId={projectId} />
        </Tabs.Panel>
        <Tabs.Panel value="policy" pt="md">
          <Policy projectId={projectId} />
        </Tabs.Panel>
        <Tabs.Panel value="exams" pt="md">
          <Exams projectId={projectId} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}
