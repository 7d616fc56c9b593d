import type { WireOutput } from '@kasauti/contract'
import { useI18n } from '../../platform/i18n/index.ts'

type Person = WireOutput<'project.progress'>['people'][number]

/** What each person has done. Numbers are of annotations; "returned" is of their own work. */
export function PeopleTable({ people }: { readonly people: readonly Person[] }) {
  const { t, format } = useI18n()
  const rows = [...people].sort((a, b) => b.submitted + b.reviewed - (a.submitted + a.reviewed))
  return (
    <section>
      <h2>{t('overview.people')}</h2>
      {rows.length === 0 ? (
        <p className="sub">{t('overview.nobody')}</p>
      ) : (
        <div className="table-frame">
          <table className="plain">
            <thead>
              <tr>
                <th>{t('overview.person')}</th>
                <th className="num">{t('parts.state.submitted')}</th>
                <th className="num">{t('parts.state.accepted')}</th>
                <th className="num">{t('parts.state.returned')}</th>
                <th className="num">{t('parts.state.skipped')}</th>
                <th className="num">{t('overview.reviewed')}</th>
                <th className="num">{t('overview.last')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((p) => (
                <tr key={p.userId}>
                  <td dir="auto">{p.name}</td>
                  <td className="num">{format.number(p.submitted)}</td>
                  <td className="num">{format.number(p.accepted)}</td>
                  <td className="num">{format.number(p.returned)}</td>
                  <td className="num">{format.number(p.skipped)}</td>
                  <td className="num">{format.number(p.reviewed)}</td>
                  <td className="num">{p.lastAt ? format.when(p.lastAt) : '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
