import { useI18n } from '../../platform/i18n/index.ts'
import type { Board, Shown } from './board.ts'
import { TableFrame } from './TableFrame.tsx'

type Stage = Board['stages'][number]
const parts = ['waiting', 'held', 'kept', 'returned'] as const

/** Stages the project works in: annotating, and those where anything lies. */
const inUse = (s: Stage) => s.stage === 'annotate' || s.waiting + s.held + s.kept + s.returned > 0

function Bar({ stage, top }: { readonly stage: Stage; readonly top: number }) {
  return (
    <div className="stage-bar" aria-hidden="true">
      {parts.map((part) => (
        <i key={part} className={part} style={{ width: `${(100 * stage[part]) / top}%` }} />
      ))}
    </div>
  )
}

/** What lies where: per stage, what waits, what people hold, what was returned. */
export function Stages({ board, of }: Shown) {
  const { t, format } = useI18n()
  const rows = board.stages.filter(inUse)
  const top = Math.max(1, ...rows.map((s) => s.waiting + s.held + s.kept + s.returned))
  return (
    <TableFrame label={t('board.stages')}>
      <table className="plain">
        <thead>
          <tr>
            {of === 'several' && <th>{t('board.project')}</th>}
            <th>{t('board.stage')}</th>
            {parts.map((part) => (
              <th key={part} className="num">
                <i className={`swatch stage-${part}`} /> {t(`board.part.${part}`)}
              </th>
            ))}
            <th>
              <span className="offscreen">{t('board.picture')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((s) => (
            <tr key={`${s.projectId} ${s.stage}`}>
              {of === 'several' && <td dir="auto">{s.projectName}</td>}
              <td>{t(`board.stage.${s.stage}`)}</td>
              {parts.map((part) => (
                <td key={part} className="num">
                  {format.number(s[part])}
                </td>
              ))}
              <td className="bar-cell" aria-hidden="true">
                <Bar stage={s} top={top} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}
