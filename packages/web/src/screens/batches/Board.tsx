import { useState } from 'react'
import { useI18n } from '../../platform/i18n/index.ts'
import { BatchCard } from './BatchCard.tsx'
import { type Batch, byUrgency, type Column, columns, wayInto } from './batch.ts'
import type { Mover } from './use-move.ts'

export type ViewProps = {
  readonly batches: readonly Batch[]
  readonly of: 'one' | 'several'
  readonly mover: (batch: Batch) => Mover | undefined
}

function Lane({
  column,
  dragged,
  onDrag,
  ...view
}: ViewProps & {
  readonly column: Column
  readonly dragged: Batch | undefined
  readonly onDrag: (batch: Batch | undefined) => void
}) {
  const { t, format } = useI18n()
  const [over, setOver] = useState<'over'>()
  const states: readonly string[] = column.states
  const cards = view.batches.filter((b) => states.includes(b.state)).sort(byUrgency)
  const way = dragged && wayInto(dragged, column)
  const look = way ? (over ? 'takes over' : 'takes') : ''
  return (
    <section
      className={`batch-lane ${look}`}
      aria-labelledby={`lane-${column.id}`}
      onDragOver={(event) => {
        if (!way) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'move'
        setOver('over')
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(undefined)
      }}
      onDrop={(event) => {
        event.preventDefault()
        setOver(undefined)
        onDrag(undefined)
        if (dragged && way) view.mover(dragged)?.move(dragged, way)
      }}
    >
      <h2 id={`lane-${column.id}`}>
        {t(`batches.column.${column.id}`)}{' '}
        <span className="sub small">{format.number(cards.length)}</span>
      </h2>
      <ul>
        {cards.map((batch) => (
          <BatchCard
            key={batch.batchId}
            batch={batch}
            of={view.of}
            mover={view.mover(batch)}
            onDrag={onDrag}
          />
        ))}
      </ul>
      {cards.length === 0 && <p className="sub small">{t(`batches.none.${column.id}`)}</p>}
    </section>
  )
}

/** Batches by state, moved by drag or by their menu. */
export function Board(view: ViewProps) {
  const [dragged, setDragged] = useState<Batch>()
  return (
    <div className="batch-board">
      {columns.map((column) => (
        <Lane key={column.id} column={column} dragged={dragged} onDrag={setDragged} {...view} />
      ))}
    </div>
  )
}
