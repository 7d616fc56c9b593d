import { reasonText } from '../../platform/api/index.ts'
import { useT } from '../../platform/i18n/index.ts'
import type { Preview } from './preview.ts'

const shownColumns = 30
const shownRows = 8

/** The first rows as they are read now; what cannot be read says why. */
export function PreviewTable({ preview }: { readonly preview: Preview }) {
  const t = useT()
  const columns = preview.columns.slice(0, shownColumns)
  const hidden = preview.columns.length - columns.length
  return (
    <section>
      <h2>{t('import.preview')}</h2>
      <div className="card table-frame preview-frame">
        <table className="plain">
          <thead>
            <tr>
              <th>{t('import.place')}</th>
              {columns.map((c) => (
                <th key={c.name} dir="auto">
                  {c.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.slice(0, shownRows).map((row) => (
              <tr key={row.place}>
                <td className="sub">{row.place}</td>
                {row.problem !== undefined ? (
                  <td colSpan={Math.max(1, columns.length)}>
                    <span className="tag bad">{t('import.unreadable')}</span>{' '}
                    {reasonText(row.problem, t)}
                  </td>
                ) : (
                  columns.map((c, i) => (
                    <td key={c.name} dir="auto" className="preview-cell">
                      {row.cells[i] ?? ''}
                    </td>
                  ))
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {hidden > 0 && <p className="sub small">{t('import.moreColumns', { count: hidden })}</p>}
      {preview.rows.length === 0 && <p className="sub">{t('import.nothing')}</p>}
    </section>
  )
}
