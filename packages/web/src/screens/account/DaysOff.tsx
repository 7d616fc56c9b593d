import type { WireOutput } from '@kasauti/contract'
import { Button } from '@mantine/core'
import { DayRangeForm, daysText, Failed, toast } from '../../parts/index.ts'
import { useApiMutation } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'

type DayOff = WireOutput<'calendar.mine'>['daysOff'][number]
const stale = ['calendar', 'forecast']

/** My days off and the holidays that are not over. */
export function DaysOff({ daysOff }: { readonly daysOff: readonly DayOff[] }) {
  const { t, format } = useI18n()
  const add = useApiMutation('calendar.addDayOff', stale)
  const remove = useApiMutation('calendar.removeDayOff', stale)
  const today = new Date().toLocaleDateString('sv')
  const ahead = daysOff.filter((d) => d.lastDay >= today)
  const giveBack = ({ dayOffId, firstDay, lastDay, title }: DayOff) =>
    remove.mutate(
      { params: { dayOffId } },
      {
        onSuccess: () =>
          toast({
            text: t('account.dayOffRemoved'),
            undo: () => add.mutate({ body: { firstDay, lastDay, title } }),
          }),
      },
    )
  return (
    <>
      <h3>{t('account.daysOff')}</h3>
      {ahead.length === 0 ? (
        <p className="sub">{t('account.noDaysOff')}</p>
      ) : (
        <table className="plain">
          <tbody>
            {ahead.map((d) => (
              <tr key={d.dayOffId}>
                <td>{daysText(d, format)}</td>
                <td dir="auto">
                  {d.title} {d.holiday && <span className="tag">{t('account.holiday')}</span>}
                </td>
                <td className="num">
                  {!d.holiday && (
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      color="red"
                      aria-label={t('account.removeDayOff', { days: daysText(d, format) })}
                      onClick={() => giveBack(d)}
                    >
                      {t('parts.remove')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {(add.isError || remove.isError) && <Failed error={add.error ?? remove.error} />}
      <DayRangeForm
        title={{ label: t('account.dayOffTitle') }}
        add={t('account.addDayOff')}
        pending={add.isPending}
        onAdd={(body, done) => add.mutate({ body }, { onSuccess: done })}
      />
    </>
  )
}
