import { Link } from '@tanstack/react-router'
import { useI18n } from '../../platform/i18n/index.ts'
import type { Board, Shown } from './board.ts'
import { TableFrame } from './TableFrame.tsx'

type Person = Board['people'][number]

function Standing({ person }: { readonly person: Person }) {
  const { t } = useI18n()
  if (person.paused) return <span className="tag">{t('board.paused')}</span>
  return (
    <span className="line-row tags">
      {person.stuck.map((reason) => (
        <span key={reason} className="tag warn" title={t(`board.stuckText.${reason}`)}>
          {t(`board.stuck.${reason}`)}
        </span>
      ))}
    </span>
  )
}

/** Who does what today, who needs a hand first. */
export function People({ board, of }: Shown) {
  const { t, format } = useI18n()
  const rows = [...board.people].sort((a, b) => b.stuck.length - a.stuck.length)
  if (rows.length === 0) return <p className="sub">{t('board.nobody')}</p>
  return (
    <TableFrame label={t('board.people')}>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('board.person')}</th>
            {of === 'several' && <th>{t('board.project')}</th>}
            <th>{t('board.look')}</th>
            <th className="num">{t('board.submittedToday')}</th>
            <th className="num">{t('board.reviewedToday')}</th>
            <th className="num">{t('board.returnedToday')}</th>
            <th className="num">{t('board.activeToday')}</th>
            <th className="num">{t('board.held')}</th>
            <th className="num">{t('board.waits')}</th>
            <th>{t('board.heldSince')}</th>
            <th>{t('board.lastAt')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((p) => (
            <tr key={`${p.projectId} ${p.userId}`}>
              <td dir="auto">{p.name}</td>
              {of === 'several' && (
                <td dir="auto">
                  <Link to="/projects/$projectId/board" params={{ projectId: p.projectId }}>
                    {p.projectName}
                  </Link>
                </td>
              )}
              <td>
                <Standing person={p} />
              </td>
              <td className="num">{format.number(p.submitted)}</td>
              <td className="num">{format.number(p.reviewed)}</td>
              <td className="num">{format.number(p.returned)}</td>
              <td className="num">{p.activeMs > 0 ? format.duration(p.activeMs) : '–'}</td>
              <td className="num">{format.number(p.held)}</td>
              <td className="num">{format.number(p.waits)}</td>
              <td>{p.oldestHeldAt ? format.when(p.oldestHeldAt) : '–'}</td>
              <td>{p.lastAt ? format.when(p.lastAt) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}
