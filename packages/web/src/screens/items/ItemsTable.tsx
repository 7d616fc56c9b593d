// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
// biome-ignore-all lint/a11y/useSemanticElements: only the rows in view exist, so the table is told by roles
// biome-ignore-all lint/a11y/useFocusableInteractive: the table holds the focus, its keys move the chosen row
import { useNavigate } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { StateTag } from '../../parts/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { useCommands } from '../../platform/keys/index.ts'
import type { ItemsSearch, ItemsSort } from '../../platform/router/index.ts'
import type { ItemRow } from './item-row.ts'

const rowPx = 36

type ItemsTableProps = {
  readonly projectId: string
  readonly rows: readonly ItemRow[]
  readonly search: ItemsSearch
  readonly onSort: (next: ItemsSearch) => void
  readonly picked: ReadonlySet<string>
  readonly onPick: (row: ItemRow) => void
  readonly onCopy: (rows: readonly ItemRow[]) => void
  readonly onNearEnd: () => void
}

const columns: readonly {
  readonly key: string
  readonly sort?: ItemsSort
  readonly numeric?: 'numeric'
}[] = [
  { key: 'items.pickTitle' },
  { key: 'items.number', sort: 'ordinal', numeric: 'numeric' },
  { key: 'items.key', sort: 'key' },
  { key: 'items.content' },
  { key: 'items.batch' },
  { key: 'items.state' },
  { key: 'items.answers' },
  { key: 'items.authors' },
  { key: 'items.annotations', sort: 'annotations', numeric: 'numeric' },
  { key: 'items.active', sort: 'activeMs', numeric: 'numeric' },
  { key: 'items.updated', sort: 'updatedAt', numeric: 'numeric' },
]

function Head({ search, onSort }: Pick<ItemsTableProps, 'search' | 'onSort'>) {
  const { t } = useI18n()
  const sort = search.sort ?? 'ordinal'
  const direction = search.direction ?? 'asc'
  const turned = (by: ItemsSort): ItemsSearch => ({
    ...search,
    sort: by,
    direction: by === sort && direction === 'asc' ? 'desc' : 'asc',
  })
  return (
    <div className="items-row items-head" role="row" aria-rowindex={1}>
      {columns.map((c) => {
        const by = c.sort
        const sorted = by === sort ? (direction === 'asc' ? 'ascending' : 'descending') : 'none'
        return (
          <div
            key={c.key}
            role="columnheader"
            aria-sort={by ? sorted : undefined}
            className={c.numeric ? 'num' : c.key === 'items.pickTitle' ? 'pick-head' : ''}
          >
            {by ? (
              <button type="button" onClick={() => onSort(turned(by))}>
                {t(c.key)} {by === sort && (direction === 'asc' ? '↑' : '↓')}
              </button>
            ) : (
              <span className={c.key === 'items.pickTitle' ? 'offscreen' : ''}>{t(c.key)}</span>
            )}
          </div>
        )
      })}
    </div>
  )
}

function Cells({
  row,
  picked,
  onPick,
}: {
  readonly row: ItemRow
  readonly picked: ReadonlySet<string>
  readonly onPick: (row: ItemRow) => void
}) {
  const { t, format } = useI18n()
  return (
    <>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the box has its own keys, X picks the chosen row */}
      <div role="cell" onClick={(event) => event.stopPropagation()}>
        <input
          type="checkbox"
          tabIndex={-1}
          checked={picked.has(row.itemId)}
          aria-label={t('items.pickKey', { key: row.key })}
          onChange={() => onPick(row)}
        />
      </div>
      <div role="cell" className="num sub">
        {format.number(row.ordinal)}
      </div>
      <div role="cell" className="clip mono" dir="auto">
        {row.key}
      </div>
      <div role="cell" className="clip" dir="auto">
        {row.preview}
      </div>
      <div role="cell" className="clip sub" dir="auto">
        {row.batch}
      </div>
      <div role="cell">
        <StateTag state={row.state} />
      </div>
      <div role="cell" className="clip" dir="auto">
        {row.answers.map((a) => a.summary).join(' · ')}
      </div>
      <div role="cell" className="clip sub" dir="auto">
        {row.authors.join(', ')}
      </div>
      <div role="cell" className="num">
        {format.number(row.annotations)}
      </div>
      <div role="cell" className="num">
        {row.activeMs > 0 ? format.duration(row.activeMs) : '–'}
      </div>
      <div role="cell" className="num sub">
        {format.when(row.updatedAt)}
      </div>
    </>
  )
}

/** The rows in view only, however many there are. */
export function ItemsTable({
  projectId,
  rows,
  search,
  onSort,
  picked,
  onPick,
  onCopy,
  onNearEnd,
}: ItemsTableProps) {
  const { t } = useI18n()
  const navigate = useNavigate()
  const frame = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(-1)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowPx,
    overscan: 12,
  })
  const shown = virtual.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= rows.length - 30) onNearEnd()
  }, [last, rows.length, onNearEnd])
  const open = (row: ItemRow | undefined) => {
    if (row)
      void navigate({
        to: '/projects/$projectId/items/$itemId',
        params: { projectId, itemId: row.itemId },
      })
  }
  const move = (to: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, to))
    setAt(next)
    virtual.scrollToIndex(next)
  }
  const chosen = rows[at]
  useCommands([
    {
      id: 'items.next',
      title: 'items.next',
      keys: ['KeyJ', 'ArrowDown'],
      palette: 'skip',
      run: () => move(at + 1),
    },
    {
      id: 'items.previous',
      title: 'items.previous',
      keys: ['KeyK', 'ArrowUp'],
      palette: 'skip',
      run: () => move(at - 1),
    },
    {
      id: 'items.open',
      title: 'items.open',
      keys: ['Enter'],
      palette: 'skip',
      run: () => open(chosen),
      when: () => at >= 0,
    },
    {
      id: 'items.pick',
      title: 'items.pick',
      keys: ['KeyX'],
      run: () => chosen && onPick(chosen),
      when: () => at >= 0,
    },
    {
      id: 'items.copyRow',
      title: 'items.copyRow',
      keys: ['KeyC'],
      run: () => chosen && onCopy([chosen]),
      when: () => at >= 0,
    },
    {
      id: 'items.first',
      title: 'items.first',
      keys: ['Home'],
      palette: 'skip',
      run: () => move(0),
    },
    {
      id: 'items.last',
      title: 'items.last',
      keys: ['End'],
      palette: 'skip',
      run: () => move(rows.length - 1),
    },
  ])
  return (
    <div
      className="items-frame card"
      ref={frame}
      role="table"
      aria-label={t('items.title')}
      aria-rowcount={rows.length + 1}
      tabIndex={0}
    >
      <Head search={search} onSort={onSort} />
      <div className="items-body" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
        {shown.map((v) => {
          const row = rows[v.index]
          if (!row) return null
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: Enter opens the chosen row
            <div
              key={row.itemId}
              role="row"
              aria-rowindex={v.index + 2}
              aria-selected={v.index === at}
              className={v.index === at ? 'items-row chosen' : 'items-row'}
              style={{ transform: `translateY(${v.start}px)` }}
              onClick={() => open(row)}
            >
              <Cells row={row} picked={picked} onPick={onPick} />
            </div>
          )
        })}
      </div>
    </div>
  )
}
