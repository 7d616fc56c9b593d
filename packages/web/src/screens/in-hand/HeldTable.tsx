import type { WireOutput } from '@kasauti/contract'
import { Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useI18n } from '../../platform/i18n/index.ts'

type Held = WireOutput<'assignment.list'>['rows'][number]
type Props = {
  readonly projectId: string
  readonly rows: readonly Held[]
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (chosen: ReadonlySet<string>) => void
}
const tone = { leased: 'accent', assigned: '', deferred: '', returned: 'warn' } as const
const toneOf = (state: Held['state']): string =>
  Object.hasOwn(tone, state) ? tone[state as keyof typeof tone] : ''

/** Who has what: a row per thing in somebody's hands, chosen by checkbox. */
export function HeldTable({ projectId, rows, chosen, onChoose }: Props) {
  const { t, format } = useI18n()
  const all = rows.length > 0 && rows.every((r) => chosen.has(r.assignmentId))
  const turn = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    onChoose(next)
  }
  return (
    <div className="card table-frame">
      <table className="plain">
        <thead>
          <tr>
            <th>
              <Checkbox
                size="xs"
                aria-label={t('inHand.chooseAll')}
                checked={all}
                indeterminate={!all && chosen.size > 0}
                onChange={() =>
                  onChoose(all ? new Set() : new Set(rows.map((r) => r.assignmentId)))
                }
              />
            </th>
            <th>{t('inHand.person')}</th>
            <th>{t('inHand.item')}</th>
            <th>{t('inHand.batch')}</th>
            <th>{t('inHand.stage')}</th>
            <th>{t('inHand.state')}</th>
            <th>{t('inHand.since')}</th>
            <th>{t('inHand.seen')}</th>
            <th className="num">{t('inHand.active')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((r) => (
            <tr key={r.assignmentId}>
              <td>
                <Checkbox
                  size="xs"
                  aria-label={t('inHand.choose', { item: r.key, person: r.name })}
                  checked={chosen.has(r.assignmentId)}
                  onChange={() => turn(r.assignmentId)}
                />
              </td>
              <td>
                <span dir="auto">{r.name}</span>{' '}
                {!r.present && <span className="tag bad">{t('inHand.gone')}</span>}
              </td>
              <td className="mono" dir="auto">
                <Link
                  to="/projects/$projectId/items/$itemId"
                  params={{ projectId, itemId: r.itemId }}
                >
                  {r.key}
                </Link>
              </td>
              <td dir="auto">{r.batchName || '–'}</td>
              <td>{t(`inHand.stage.${r.stage}`)}</td>
              <td>
                <span className={`tag ${toneOf(r.state)}`}>{t(`inHand.state.${r.state}`)}</span>
                {r.assignedBy && (
                  <div className="sub small">{t('inHand.by', { name: r.assignedBy })}</div>
                )}
              </td>
              <td>{format.when(r.startedAt)}</td>
              <td>{r.seenAt ? format.ago(r.seenAt) : '–'}</td>
              <td className="num">{r.activeMs > 0 ? format.duration(r.activeMs) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
