// biome-ignore-all lint/a11y/useSemanticElements: focus stays in the search box, which owns the rows by aria-activedescendant
// biome-ignore-all lint/a11y/useFocusableInteractive: focus stays in the search box, which owns the rows by aria-activedescendant
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: focus stays in the search box, which owns the rows by aria-activedescendant
// biome-ignore-all lint/a11y/noStaticElementInteractions: focus stays in the search box, which owns the rows by aria-activedescendant
// biome-ignore-all lint/a11y/useKeyWithClickEvents: focus stays in the search box, which owns the rows by aria-activedescendant
import { localText } from '@kasauti/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { Kbd } from '../../../browser/Kbd.tsx'
import { digitOf } from '../../../browser/keys.ts'
import type { EditorProps } from '../../../browser/kinds.ts'
import { readRecent, writeRecent } from './recent.ts'
import {
  highlight,
  pathAbove,
  searchTaxonomy,
  type TaxonomyIndex,
  type TreeRow,
  treeRows,
} from './taxonomy-search.ts'
import {
  moveCursor,
  pick,
  remember,
  type TaxonomyAnswer,
  type TaxonomyConfig,
} from './taxonomy-tool.ts'
import { useTaxonomy } from './use-taxonomy.ts'

type Props = EditorProps<TaxonomyConfig, TaxonomyAnswer>
const rowPx = 40

/** Search as you type in both languages over a tree of thousands; the keys never leave the search box. */
export function TaxonomyEditor(props: Props) {
  const { config, t } = props
  const index = useTaxonomy(config, props.loadTaxonomy)
  if (index === 'loading') return <p className="kb-note">{t('taxonomy.loading')}</p>
  if (index === 'failed')
    return (
      <p className="kb-problem">
        {t('taxonomy.failed', { name: config.taxonomy, version: config.version })}
      </p>
    )
  return <Picker {...props} index={index} />
}

function Picker(props: Props & { readonly index: TaxonomyIndex }) {
  const { index, config, value, locale, readOnly, t } = props
  const [typed, setTyped] = useState('')
  const [cursor, setCursor] = useState(0)
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const [recent, setRecent] = useState<readonly string[]>(() =>
    readRecent(config.taxonomy).filter((id) => index.byId.has(id)),
  )
  const list = useId()
  const searching = typed.trim() !== ''
  const rows = useMemo(
    (): readonly TreeRow[] =>
      searching
        ? searchTaxonomy(index, typed, { limit: 200, leavesOnly: config.leavesOnly }).map(
            (node) => ({ node, depth: 0, open: undefined }),
          )
        : treeRows(index, opened),
    [index, typed, searching, opened, config.leavesOnly],
  )
  const row = rows[cursor]
  const choose = (id: string) => {
    if (readOnly || (config.leavesOnly && index.children.has(id))) return
    const next = remember(recent, id)
    writeRecent(config.taxonomy, next)
    setRecent(next)
    setTyped('')
    setCursor(0)
    props.onChange(pick(config, value, id))
  }
  const flip = (id: string, open: boolean) => {
    const next = new Set(opened)
    if (open) next.add(id)
    else next.delete(id)
    setOpened(next)
  }
  const keys = {
    typed,
    cursor,
    rows,
    row,
    recent,
    index,
    searching,
    leavesOnly: config.leavesOnly,
    setCursor,
    setTyped,
    choose,
    flip,
  }
  return (
    <div className="kb-taxonomy">
      <Chosen {...props} onRemove={choose} />
      {!readOnly && (
        <>
          <input
            className="kb-search"
            data-main
            type="text"
            role="combobox"
            aria-expanded="true"
            aria-controls={list}
            aria-haspopup={searching ? 'listbox' : 'tree'}
            aria-activedescendant={row && props.active ? `${list}-${cursor}` : undefined}
            aria-labelledby={props.labelledBy}
            aria-autocomplete="list"
            autoComplete="off"
            spellCheck={false}
            dir="auto"
            placeholder={t('taxonomy.search', { n: index.nodes.length })}
            value={typed}
            onChange={(e) => {
              setTyped(e.currentTarget.value)
              setCursor(0)
            }}
            onKeyDown={(e) => onKey(e, keys)}
          />
          {!searching && recent.length > 0 && (
            <Recent index={index} recent={recent} locale={locale} t={t} onPick={choose} />
          )}
          <Rows
            {...props}
            list={list}
            rows={rows}
            cursor={cursor}
            typed={typed}
            searching={searching}
            onPick={choose}
            onFlip={flip}
          />
        </>
      )}
    </div>
  )
}

type Keys = {
  readonly typed: string
  readonly cursor: number
  readonly rows: readonly TreeRow[]
  readonly row: TreeRow | undefined
  readonly recent: readonly string[]
  readonly index: TaxonomyIndex
  readonly searching: boolean
  readonly leavesOnly: boolean
  readonly setCursor: (n: number) => void
  readonly setTyped: (s: string) => void
  readonly choose: (id: string) => void
  readonly flip: (id: string, open: boolean) => void
}

function onKey(e: KeyboardEvent<HTMLInputElement>, k: Keys): void {
  if (e.nativeEvent.isComposing || e.ctrlKey || e.metaKey || e.altKey) return
  if (handle(e.code, k)) {
    e.preventDefault()
    e.stopPropagation()
  }
}

const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 7,
  PageUp: -7,
}

/** Whether the key was used up. */
function handle(code: string, k: Keys): boolean {
  const step = steps[code]
  if (step !== undefined) {
    k.setCursor(moveCursor(k.cursor, step, k.rows.length))
    return true
  }
  if (code === 'Enter') return enter(k)
  if (code === 'Escape' && k.typed !== '') {
    k.setTyped('')
    k.setCursor(0)
    return true
  }
  const recent = k.typed === '' ? k.recent[(digitOf(code) ?? 0) - 1] : undefined
  if (recent !== undefined) {
    k.choose(recent)
    return true
  }
  return !k.searching && branch(code, k)
}

function enter(k: Keys): boolean {
  const { row } = k
  if (row === undefined) return false
  if (k.leavesOnly && row.open !== undefined) k.flip(row.node.id, !row.open)
  else k.choose(row.node.id)
  return true
}

/** Right opens or goes in, left closes or goes to the parent, as trees do. */
function branch(code: string, k: Keys): boolean {
  const { row } = k
  if (row === undefined || k.typed !== '') return false
  if (code === 'ArrowRight') {
    if (row.open === false) k.flip(row.node.id, true)
    else if (row.open === true) k.setCursor(moveCursor(k.cursor, 1, k.rows.length))
    return true
  }
  if (code !== 'ArrowLeft') return false
  if (row.open === true) k.flip(row.node.id, false)
  else {
    const parent = k.rows.findIndex((r) => r.node.id === row.node.parent)
    if (parent >= 0) k.setCursor(parent)
  }
  return true
}

function Chosen(
  props: Props & { readonly index: TaxonomyIndex; readonly onRemove: (id: string) => void },
) {
  const { value, index, locale, readOnly, t } = props
  if (value === undefined || value.nodes.length === 0)
    return readOnly ? <p className="kb-note">{t('taxonomy.none')}</p> : null
  return (
    <ul className="kb-chosen" aria-label={t('taxonomy.chosen')}>
      {value.nodes.map((id) => {
        const node = index.byId.get(id)
        const name = node ? localText(node.title, locale) : id
        return (
          <li key={id}>
            <span dir="auto">
              <b>{name}</b>
              {node && (
                <small className="kb-help">{pathAbove(index, node, locale).join(' › ')}</small>
              )}
            </span>
            {!readOnly && (
              <button
                type="button"
                className="kb-x"
                tabIndex={-1}
                aria-label={t('taxonomy.remove', { name })}
                onClick={() => props.onRemove(id)}
              >
                ×
              </button>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function Recent(props: {
  readonly index: TaxonomyIndex
  readonly recent: readonly string[]
  readonly locale: Props['locale']
  readonly t: Props['t']
  readonly onPick: (id: string) => void
}) {
  return (
    <div className="kb-recent" role="group" aria-label={props.t('taxonomy.recent')}>
      {props.recent.map((id, i) => {
        const node = props.index.byId.get(id)
        return (
          node && (
            <button
              key={id}
              type="button"
              tabIndex={-1}
              className="kb-chip"
              onClick={() => props.onPick(id)}
            >
              <span dir="auto">{localText(node.title, props.locale)}</span> <Kbd>{i + 1}</Kbd>
            </button>
          )
        )
      })}
    </div>
  )
}

type RowsProps = Props & {
  readonly index: TaxonomyIndex
  readonly list: string
  readonly rows: readonly TreeRow[]
  readonly cursor: number
  readonly typed: string
  readonly searching: boolean
  readonly onPick: (id: string) => void
  readonly onFlip: (id: string, open: boolean) => void
}

function Rows(props: RowsProps) {
  const { rows, cursor, searching, list, t } = props
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 8,
  })
  useEffect(() => {
    if (cursor < rows.length) virtual.scrollToIndex(cursor, { align: 'auto' })
  }, [cursor, rows, virtual])
  if (rows.length === 0)
    return (
      <div id={list} role="listbox" aria-label={t('taxonomy.matches')} className="kb-note kb-list">
        <div role="option" aria-selected="false" aria-disabled="true">
          {t('taxonomy.nothing')}
        </div>
      </div>
    )
  return (
    <div
      ref={scroller}
      className="kb-list"
      id={list}
      role={searching ? 'listbox' : 'tree'}
      aria-label={t(searching ? 'taxonomy.matches' : 'taxonomy.tree')}
      tabIndex={-1}
    >
      <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((v) => {
          const row = rows[v.index]
          return (
            row && <Row key={row.node.id} {...props} row={row} place={v.index} topPx={v.start} />
          )
        })}
      </div>
    </div>
  )
}

function Row(
  props: RowsProps & { readonly row: TreeRow; readonly place: number; readonly topPx: number },
) {
  const { row, index, locale, value, config, searching, place } = props
  const { node, open } = row
  const isOn = value?.nodes.includes(node.id) ?? false
  const isBranch = index.children.has(node.id)
  const press = () =>
    config.leavesOnly && isBranch ? props.onFlip(node.id, !open) : props.onPick(node.id)
  const other = locale === 'hi' ? node.title.en : node.title.hi
  return (
    <div
      id={`${props.list}-${place}`}
      className="kb-row"
      role={searching ? 'option' : 'treeitem'}
      aria-selected={isOn}
      aria-level={searching ? undefined : row.depth + 1}
      aria-expanded={searching ? undefined : open}
      data-cursor={place === props.cursor || undefined}
      data-on={isOn || undefined}
      style={{
        transform: `translateY(${props.topPx}px)`,
        height: rowPx,
        paddingInlineStart: 8 + Math.min(row.depth, 8) * 16,
      }}
      onMouseDown={(e) => e.preventDefault()}
      onClick={press}
    >
      {!searching && (
        <span
          className="kb-twist"
          aria-hidden="true"
          onClick={(e) => {
            if (!isBranch) return
            e.stopPropagation()
            props.onFlip(node.id, !open)
          }}
        >
          {isBranch ? (open ? '▾' : '▸') : ''}
        </span>
      )}
      <span className="kb-option-text" dir="auto">
        <span>
          <Marked title={localText(node.title, locale)} typed={props.typed} />
          {other !== undefined && other !== localText(node.title, locale) && (
            <small className="kb-other" lang={locale === 'hi' ? 'en' : 'hi'}>
              <Marked title={other} typed={props.typed} />
            </small>
          )}
        </span>
        {searching && (
          <small className="kb-help">{pathAbove(index, node, locale).join(' › ')}</small>
        )}
      </span>
    </div>
  )
}

const Marked = (props: { readonly title: string; readonly typed: string }) =>
  props.typed === ''
    ? props.title
    : highlight(props.title, props.typed).map((part, i) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one string in order
        part.hit ? <mark key={i}>{part.text}</mark> : <span key={i}>{part.text}</span>,
      )
