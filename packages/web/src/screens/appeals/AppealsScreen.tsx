import type { WireOutput } from '@kasauti/contract'
import { Button, SegmentedControl } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { Answer, AppealTag, Empty, Page } from '../../parts/index.ts'
import { hasRole, useApi, useMe } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { CommandKey, useCommands } from '../../platform/keys/index.ts'
import { AppealDetail } from './AppealDetail.tsx'

type Row = WireOutput<'appeal.list'>['rows'][number]
type Which = 'to-decide' | 'all' | 'mine'

/** What a person may look through: what waits for them, all of the project, their own. */
function useViews(projectId: string): readonly Which[] {
  const me = useMe()
  const views: Which[] = hasRole(me, projectId, ['reviewer', 'lead', 'manager'])
    ? ['to-decide', 'all']
    : []
  return hasRole(me, projectId, ['associate', 'reviewer', 'lead']) ? [...views, 'mine'] : views
}

function Entry(props: {
  readonly row: Row
  readonly chosen: boolean
  readonly onChoose: () => void
}) {
  const { t, format } = useI18n()
  const { row } = props
  return (
    <li>
      <button
        type="button"
        className="appeal-entry"
        aria-current={props.chosen || undefined}
        onClick={props.onChoose}
      >
        <span className="line-row">
          <b dir="auto" className="grow clip">
            {row.key}
          </b>
          <AppealTag state={row.state} />
        </span>
        <span dir="auto" className="small appeal-reason">
          {row.reason}
        </span>
        <span className="sub small">
          {t(`appeals.kind.${row.kind}`)} · {format.when(row.at)}
          {row.by !== undefined && (
            <>
              {' · '}
              <span dir="auto">{row.by}</span>
            </>
          )}
        </span>
      </button>
    </li>
  )
}

type Listed = {
  readonly projectId: string
  readonly rows: readonly Row[]
  readonly which: Which
  readonly onDecided: () => void
}

/** The list beside the one that is looked at; J and K go through it. */
function Inbox({ projectId, rows, which, onDecided }: Listed) {
  const { t } = useI18n()
  const [wanted, setWanted] = useState<string>()
  const detail = useRef<HTMLElement>(null)
  const at = Math.max(
    0,
    rows.findIndex((r) => r.appealId === wanted),
  )
  const chosen = rows[at]
  const go = (step: number) => setWanted(rows[at + step]?.appealId ?? chosen?.appealId)
  useCommands([
    { id: 'appeals.next', title: 'appeals.next', keys: ['KeyJ'], run: () => go(1) },
    { id: 'appeals.previous', title: 'appeals.previous', keys: ['KeyK'], run: () => go(-1) },
  ])
  if (!chosen)
    return <Empty title={t(`appeals.none.${which}`)} text={t(`appeals.noneText.${which}`)} />
  return (
    <div className="appeals-split">
      <div className="stack-tight">
        <ul className="appeal-entries" aria-label={t('appeals.list')}>
          {rows.map((row) => (
            <Entry
              key={row.appealId}
              row={row}
              chosen={row === chosen}
              onChoose={() => setWanted(row.appealId)}
            />
          ))}
        </ul>
        <p className="sub small">
          <CommandKey id="appeals.next" /> {t('appeals.next')} <CommandKey id="appeals.previous" />{' '}
          {t('appeals.previous')}
        </p>
      </div>
      <section ref={detail} tabIndex={-1} className="appeal-detail" aria-labelledby="appeal-title">
        <AppealDetail
          key={chosen.appealId}
          projectId={projectId}
          appealId={chosen.appealId}
          onDecided={() => {
            detail.current?.focus()
            onDecided()
          }}
        />
      </section>
    </div>
  )
}

function Pages({ projectId, which }: { readonly projectId: string; readonly which: Which }) {
  const { t } = useI18n()
  const [after, setAfter] = useState<string>()
  const query = { which, limit: 100, ...(after === undefined ? {} : { after }) }
  const list = useApi('appeal.list', { params: { projectId }, query })
  return (
    <Answer of={list}>
      {({ rows, next }) => (
        <>
          <Inbox
            projectId={projectId}
            rows={rows}
            which={which}
            onDecided={() => setAfter(undefined)}
          />
          {(next !== undefined || after !== undefined) && (
            <div className="line-row">
              {after !== undefined && (
                <Button variant="default" size="compact-sm" onClick={() => setAfter(undefined)}>
                  {t('appeals.newest')}
                </Button>
              )}
              {next !== undefined && (
                <Button variant="default" size="compact-sm" onClick={() => setAfter(next)}>
                  {t('appeals.older')}
                </Button>
              )}
            </div>
          )}
        </>
      )}
    </Answer>
  )
}

/** Appeals: my own and how they stand; for who decides, those that wait, with all that is needed for it. */
export function AppealsScreen() {
  const { t } = useI18n()
  const { projectId = '' } = useParams({ strict: false })
  const views = useViews(projectId)
  const [wanted, setWanted] = useState<Which>()
  const which = wanted ?? views[0] ?? 'mine'
  const decides = views.includes('to-decide')
  return (
    <Page
      title={t(decides ? 'appeals.title' : 'appeals.titleMine')}
      sub={t(decides ? 'appeals.text' : 'appeals.textMine')}
      actions={
        views.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label={t('appeals.which')}
            value={which}
            data={views.map((value) => ({ value, label: t(`appeals.which.${value}`) }))}
            onChange={(value) => setWanted(views.find((v) => v === value))}
          />
        )
      }
    >
      <Pages key={which} projectId={projectId} which={which} />
    </Page>
  )
}
