import { Link, useLocation, useParams } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { type Me, rolesIn, useMe, useMyStages } from '../platform/api/index.ts'
import { useT } from '../platform/i18n/index.ts'
import { CommandKey } from '../platform/keys/index.ts'
import { AccountMenu } from './AccountMenu.tsx'
import { inNav, leads, screensFor, withStages } from './access.ts'
import { LanguageSwitch } from './LanguageSwitch.tsx'

const exact = { exact: true } as const

function ProjectLinks({ me, projectId }: { readonly me: Me; readonly projectId: string }) {
  const t = useT()
  const stages = useMyStages(projectId)
  const roles = rolesIn(me, projectId)
  const screens = inNav(withStages(screensFor(roles), stages), roles)
  const sub = useRef<HTMLDivElement>(null)
  const path = useLocation({ select: (l) => l.pathname })
  // biome-ignore lint/correctness/useExhaustiveDependencies: where one is says when to look for it
  useEffect(() => {
    sub.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [path, screens.length])
  return (
    <div className="nav-sub" ref={sub}>
      {screens.map((screen) => (
        <Link
          key={screen.id}
          to={screen.to}
          params={{ projectId }}
          className="nav-link"
          activeOptions={{ exact: screen.id === 'overview', includeSearch: false }}
        >
          {t(`frame.${screen.id}`)}
        </Link>
      ))}
    </div>
  )
}

function Projects({ me, current }: { readonly me: Me; readonly current: string | undefined }) {
  const t = useT()
  const shown = me.projects.filter((p) => !p.archived || p.projectId === current).slice(0, 30)
  return (
    <>
      <div className="nav-section" id="nav-projects">
        {t('frame.projects')}
      </div>
      {shown.map((p) => (
        <div key={p.projectId}>
          <Link
            to="/projects/$projectId"
            params={{ projectId: p.projectId }}
            className={p.projectId === current ? 'nav-link within' : 'nav-link'}
            activeProps={{}}
          >
            <span dir="auto" className="nav-name" title={p.name}>
              {p.name}
            </span>
          </Link>
          {p.projectId === current && <ProjectLinks me={me} projectId={p.projectId} />}
        </div>
      ))}
      <Link to="/projects" className="nav-link" activeOptions={exact}>
        {t('frame.allProjects')}
      </Link>
    </>
  )
}

/** The navigation: shows only what the person may open. */
export function Nav({ onKeys }: { readonly onKeys: () => void }) {
  const t = useT()
  const me = useMe()
  const { projectId } = useParams({ strict: false })
  return (
    <nav className="nav" aria-label={t('frame.nav')}>
      <Link to="/" className="brand" activeProps={{}}>
        <i lang="hi">कसौटी</i> <span lang="en">Kasauti</span>
      </Link>
      <div className="nav-scroll">
        <Link to="/" className="nav-link" activeOptions={exact}>
          {t('frame.today')}
        </Link>
        {leads(me) && (
          <Link to="/board" className="nav-link" activeOptions={exact}>
            {t('frame.board')}
          </Link>
        )}
        {leads(me) && (
          <Link
            to="/batches"
            className="nav-link"
            activeOptions={{ exact: true, includeSearch: false }}
          >
            {t('frame.batches')}
          </Link>
        )}
        <Link to="/my-skills" className="nav-link" activeOptions={exact}>
          {t('frame.mySkills')}
        </Link>
        {me.mayCreateProjects && (
          <Link to="/skills" className="nav-link" activeOptions={exact}>
            {t('frame.skills')}
          </Link>
        )}
        <Projects me={me} current={projectId} />
        {me.admin && (
          <>
            <div className="nav-section">{t('frame.admin')}</div>
            <Link to="/admin/people" className="nav-link">
              {t('frame.adminPeople')}
            </Link>
            <Link to="/admin/holidays" className="nav-link">
              {t('frame.holidays')}
            </Link>
            <Link to="/admin/system" className="nav-link">
              {t('frame.system')}
            </Link>
          </>
        )}
      </div>
      <div className="nav-foot">
        <button type="button" className="nav-link" onClick={onKeys}>
          {t('frame.keys')} <CommandKey id="app.keys" />
        </button>
        <LanguageSwitch className="nav-link" />
        <AccountMenu />
      </div>
    </nav>
  )
}
