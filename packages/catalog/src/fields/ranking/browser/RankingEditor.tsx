// biome-ignore-all lint/a11y/useSemanticElements: a fieldset would need a legend; the title is outside
// biome-ignore-all lint/a11y/noStaticElementInteractions: dropping is the mouse's way only; keys and clicks do the same
import { type DragEvent, type ReactNode, useState } from 'react'
import { Kbd } from '../../../browser/Kbd.tsx'
import type { EditorProps } from '../../../browser/kinds.ts'
import {
  type Place,
  place,
  type RankingAnswer,
  type RankingConfig,
  remove,
  unplaced,
} from './ranking-tool.ts'

const kind = 'application/x-kasauti-candidate'

/** Ranks from best to worst with the candidates still to place before them; by key, click or drag. */
export function RankingEditor(props: EditorProps<RankingConfig, RankingAnswer>) {
  const { config, value, candidates, readOnly, t } = props
  const groups = value ?? []
  const left = unplaced(value, candidates)
  const put = (candidate: string, where: Place) => {
    if (readOnly) return
    const tied =
      'into' in where && config.ties === 'refused' && (groups[where.into]?.length ?? 0) > 0
    props.onChange(place(value, candidate, tied ? { before: where.into + 1 } : where))
  }
  const chip = (c: string, placed: boolean) => (
    <button
      key={c}
      type="button"
      className="kb-chip"
      draggable={!readOnly}
      aria-disabled={readOnly || undefined}
      data-main={c === (left[0] ?? groups[0]?.[0]) || undefined}
      title={placed ? t('ranking.takeOut', { slot: c }) : t('ranking.put', { slot: c })}
      onDragStart={(e) => e.dataTransfer.setData(kind, c)}
      onClick={() => {
        if (readOnly) return
        if (placed) props.onChange(remove(value, c))
        else put(c, { before: groups.length })
      }}
    >
      {c} {!readOnly && <Kbd>{candidates.indexOf(c) + 1}</Kbd>}
    </button>
  )
  return (
    <div className="kb-ranking" role="group" aria-labelledby={props.labelledBy}>
      {left.length > 0 && (
        <div className="kb-rank-left">
          <span className="kb-note">{t('ranking.left')}</span>
          {left.map((c) => chip(c, false))}
        </div>
      )}
      <ol className="kb-ranks" aria-label={t('ranking.ranks')}>
        {groups.map((group, i) => (
          <li key={group.join()} className="kb-rank-item">
            <Drop label="" onDrop={(c) => put(c, { before: i })} kind="gap" />
            <Drop
              label={t('ranking.place', { n: i + 1 })}
              onDrop={(c) => put(c, { into: i })}
              kind="rank"
            >
              {group.map((c) => chip(c, true))}
            </Drop>
          </li>
        ))}
        <li className="kb-rank-item">
          <Drop
            label={left.length > 0 ? t('ranking.place', { n: groups.length + 1 }) : ''}
            onDrop={(c) => put(c, { before: groups.length })}
            kind={left.length > 0 ? 'rank' : 'gap'}
          />
        </li>
      </ol>
    </div>
  )
}

function Drop(props: {
  readonly label: string
  readonly kind: 'gap' | 'rank'
  readonly onDrop: (candidate: string) => void
  readonly children?: ReactNode
}) {
  const [over, setOver] = useState<'yes'>()
  const accepts = (e: DragEvent) => e.dataTransfer.types.includes(kind)
  return (
    <div
      className={props.kind === 'gap' ? 'kb-gap' : 'kb-rank'}
      data-over={over}
      onDragOver={(e) => {
        if (!accepts(e)) return
        e.preventDefault()
        setOver('yes')
      }}
      onDragLeave={() => setOver(undefined)}
      onDrop={(e) => {
        setOver(undefined)
        if (!accepts(e)) return
        e.preventDefault()
        props.onDrop(e.dataTransfer.getData(kind))
      }}
    >
      {props.label !== '' && <span className="kb-rank-name">{props.label}</span>}
      {props.children}
    </div>
  )
}
