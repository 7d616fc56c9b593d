import { Button } from '@mantine/core'
import { useSignOut } from '../../frame/index.ts'
import { Answer } from '../../parts/index.ts'
import { useApi } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { deviceName } from './device-name.ts'

/** Where I am signed in, and one button to end it all. */
export function Sessions() {
  const { t, format } = useI18n()
  const sessions = useApi('session.list', {})
  const signOut = useSignOut('session.signOutEverywhere')
  return (
    <section className="card stack-tight">
      {signOut.dialog}
      <h2>{t('account.sessions')}</h2>
      <Answer of={sessions} lines={2}>
        {({ rows }) => (
          <table className="plain">
            <tbody>
              {rows.map((s) => (
                <tr key={s.sessionId}>
                  <td dir="auto" title={s.device}>
                    {deviceName(s.device)}{' '}
                    {s.current && <span className="tag accent">{t('account.thisOne')}</span>}
                  </td>
                  <td className="num sub">{format.ago(s.lastSeenAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Answer>
      <div>
        <Button variant="default" onClick={signOut.start}>
          {t('account.signOutEverywhere')}
        </Button>
      </div>
    </section>
  )
}
