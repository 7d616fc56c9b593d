import { Outlet } from '@tanstack/react-router'
import { useConnection } from '../platform/events/index.ts'
import { useT } from '../platform/i18n/index.ts'
import { openHelp } from './help.ts'
import { Nav } from './Nav.tsx'

/** Navigation beside the screen. */
export function Frame() {
  const t = useT()
  const connection = useConnection()
  return (
    <div className="frame">
      <a className="skip-link" href="#content">
        {t('frame.skip')}
      </a>
      <Nav onKeys={() => openHelp('keys')} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <main className="main" id="content" tabIndex={0}>
        {connection === 'lost' && (
          <div className="offline" role="status">
            {t('frame.offline')}
          </div>
        )}
        <Outlet />
      </main>
    </div>
  )
}
