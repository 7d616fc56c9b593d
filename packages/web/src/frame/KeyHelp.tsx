import { Modal } from '@mantine/core'
import { useT } from '../platform/i18n/index.ts'
import { Kbd, type Offered, useOffered } from '../platform/keys/index.ts'

function Keys({
  title,
  commands,
}: {
  readonly title: string
  readonly commands: readonly Offered[]
}) {
  const t = useT()
  if (commands.length === 0) return null
  return (
    <section>
      <h2>{title}</h2>
      <table className="plain key-table">
        <tbody>
          {commands.map((c) => (
            <tr key={c.id}>
              <td>{t(c.title, c.values)}</td>
              <td className="num">
                {c.chords.map((chord) => (
                  <span key={chord}>
                    <Kbd chord={chord} />{' '}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The keys that work here and now. */
export function KeyHelp({
  opened,
  onClose,
}: {
  readonly opened: boolean
  readonly onClose: () => void
}) {
  const t = useT()
  const offered = useOffered().filter((c) => c.chords.length > 0)
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('frame.keyHelp')}
      size={960}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <div className="columns">
        <Keys
          title={t('frame.keyHelpHere')}
          commands={offered.filter((c) => c.scope === 'screen')}
        />
        <Keys
          title={t('frame.keyHelpEverywhere')}
          commands={offered.filter((c) => c.scope === 'app')}
        />
      </div>
      <p className="sub small">{t('frame.keyHelpChange')}</p>
    </Modal>
  )
}
