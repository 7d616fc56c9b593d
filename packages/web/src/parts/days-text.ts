type Dated = { readonly firstDay: string; readonly lastDay: string }
type Dates = { date(at: string): string }

/** One day, or from a day to a day; the days are dates without a time. */
export const daysText = ({ firstDay, lastDay }: Dated, format: Dates): string => {
  const say = (day: string) => format.date(`${day}T12:00:00`)
  return firstDay === lastDay ? say(firstDay) : `${say(firstDay)} – ${say(lastDay)}`
}
