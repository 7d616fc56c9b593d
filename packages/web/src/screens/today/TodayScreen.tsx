import { HeadTools } from '../../frame/index.ts'
import { Answer, Page } from '../../parts/index.ts'
import { type Me, useApi, useMe } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import type { Today } from './answer.ts'
import { MyTime } from './MyTime.tsx'
import { NextCard } from './NextCard.tsx'
import { ProjectsProgress } from './ProjectsProgress.tsx'
import { RecentWork } from './RecentWork.tsx'
import { ReturnedWork } from './ReturnedWork.tsx'
import { Start } from './Start.tsx'

const partOfDay = (hour: number): 'morning' | 'afternoon' | 'evening' => {
  if (hour >= 4 && hour < 12) return 'morning'
  return hour >= 12 && hour < 17 ? 'afternoon' : 'evening'
}
const works = (me: Me): boolean =>
  me.admin ||
  me.projects.some((p) =>
    p.roles.some((r) => r !== 'stakeholder' && r !== 'engineer' && r !== 'manager'),
  )

function Work({ today, me }: { readonly today: Today; readonly me: Me }) {
  const first = today.next ?? today.projects[0]
  return (
    <>
      <NextCard today={today} />
      <div className="columns">
        <div className="stack">
          <ReturnedWork returned={today.returned} />
          {first && works(me) && <RecentWork projectId={first.projectId} />}
        </div>
        <div className="stack">
          <ProjectsProgress projects={today.projects} />
          <MyTime />
        </div>
      </div>
    </>
  )
}

/** Home: what awaits me, and one key to go on. */
export function TodayScreen() {
  const { t, format } = useI18n()
  const me = useMe()
  const today = useApi('work.today', {})
  const now = new Date()
  const sub = [format.weekday(now)]
  if (today.data && today.data.activeMsToday >= 60_000)
    sub.push(t('today.active', { duration: format.duration(today.data.activeMsToday) }))
  if (today.data && today.data.submittedToday > 0)
    sub.push(t('today.submitted', { count: today.data.submittedToday }))
  const name = me.name.split(/\s+/)[0] ?? me.name
  return (
    <Page
      title={t(`today.${partOfDay(now.getHours())}`, { name })}
      sub={sub.join(' · ')}
      actions={<HeadTools />}
    >
      {me.projects.length === 0 ? (
        <Start me={me} />
      ) : (
        <Answer of={today}>{(answer) => <Work today={answer} me={me} />}</Answer>
      )}
    </Page>
  )
}
