import type { WireOutput } from '@kasauti/contract'
import { Button } from '@mantine/core'
import { Answer, DayRangeForm, daysText, Empty, Failed, Page, toast } from '../../parts/index.ts'
import { useApi, useApiMutation } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import './holidays.css'

type Holiday = WireOutput<'holiday.list'>['rows'][number]
const stale = ['holiday', 'calendar', 'forecast']

function Holidays({
  rows,
  onRemove,
}: {
  readonly rows: readonly Holiday[]
  readonly onRemove: (holiday: Holiday) => void
}) {
  const { t, format } = useI18n()
  const today = new Date().toLocaleDateString('sv')
  return (
    <table className="plain form-wide">
      <thead>
        <tr>
          <th scope="col">{t('holidays.days')}</th>
          <th scope="col">{t('holidays.name')}</th>
          <th scope="col">
            <span className="offscreen">{t('parts.remove')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((d) => (
          <tr key={d.dayOffId}>
            <td className={d.lastDay < today ? 'sub' : ''}>{daysText(d, format)}</td>
            <td dir="auto">{d.title}</td>
            <td className="num">
              <Button
                size="compact-sm"
                variant="subtle"
                color="red"
                aria-label={t('holidays.removeOne', { name: d.title })}
                onClick={() => onRemove(d)}
              >
                {t('parts.remove')}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Days off for everybody: nobody is expected to work on them. */
export function HolidaysScreen() {
  const { t } = useI18n()
  const holidays = useApi('holiday.list', {})
  const add = useApiMutation('holiday.add', stale)
  const remove = useApiMutation('holiday.remove', stale)
  const takeBack = ({ dayOffId, firstDay, lastDay, title }: Holiday) =>
    remove.mutate(
      { params: { dayOffId } },
      {
        onSuccess: () =>
          toast({
            text: t('holidays.removed', { name: title }),
            undo: () => add.mutate({ body: { firstDay, lastDay, title } }),
          }),
      },
    )
  return (
    <Page title={t('holidays.title')} sub={t('holidays.sub')}>
      <div className="stack form-wide">
        <section className="card stack-tight">
          <h2>{t('holidays.add')}</h2>
          <DayRangeForm
            title={{ label: t('holidays.name'), required: true }}
            add={t('holidays.add')}
            pending={add.isPending}
            onAdd={(body, done) => add.mutate({ body }, { onSuccess: done })}
          />
          {(add.isError || remove.isError) && <Failed error={add.error ?? remove.error} />}
        </section>
        <Answer of={holidays}>
          {({ rows }) =>
            rows.length === 0 ? (
              <Empty title={t('holidays.none')} text={t('holidays.noneText')} />
            ) : (
              <Holidays rows={rows} onRemove={takeBack} />
            )
          }
        </Answer>
      </div>
    </Page>
  )
}
