import { localText } from '@kasauti/core'
import { Link } from '@tanstack/react-router'
import { useI18n } from '../platform/i18n/index.ts'
import { CommandKey } from '../platform/keys/index.ts'
import type { AskedSpot } from './asked.ts'
import { roomTranslate } from './kit.ts'
import type { Position } from './position.ts'
import { aheadAtMost, type Desk, type SaveState, type Session, saveState } from './session.ts'

const clock = (ms: number): string => {
  const s = Math.floor(ms / 1000)
  const pad = (n: number) => String(n).padStart(2, '0')
  return s >= 3600
    ? `${Math.floor(s / 3600)}:${pad(Math.floor(s / 60) % 60)}:${pad(s % 60)}`
    : `${pad(Math.floor(s / 60))}:${pad(s % 60)}`
}
const tones: Readonly<Record<SaveState['state'], string>> = {
  saved: 'good',
  saving: '',
  changed: '',
  offline: 'warn',
  conflict: 'warn',
  refused: 'bad',
  'signed-out': 'warn',
}

function SaveMark({ session }: { readonly session: Session }) {
  const { t } = useI18n()
  const mark = saveState(session)
  const waiting = 'waiting' in mark ? mark.waiting : 0
  return (
    <span className={`tag ${tones[mark.state]} wb-save`} role="status" data-state={mark.state}>
      {t(`workbench.save.${mark.state}`, { waiting })}
    </span>
  )
}

/** How many items are at hand without a network, and the way to have more. */
function TakeAlong(props: { readonly session: Session; readonly onTake: () => void }) {
  const { session } = props
  const { t, format } = useI18n()
  const count = session.desks.length
  if (count === 0) return null
  const full = count >= aheadAtMost || session.network !== 'up' || session.queue.state === 'asking'
  return (
    <button
      type="button"
      className="wb-btn"
      onClick={props.onTake}
      disabled={full}
      title={t('workbench.takeAlongHelp', { count: aheadAtMost })}
    >
      <span aria-hidden="true">⤓ {format.number(count)}</span>
      <span className="offscreen">{t('workbench.takeAlong', { count })}</span>
    </button>
  )
}

const daysAhead = (at: string): number => (Date.parse(at) - Date.now()) / 86_400_000

/** The batch an item is in and when it is due. */
function Batch({ batch }: { readonly batch: Desk['work']['batch'] }) {
  const { t, format } = useI18n()
  if (!batch || (batch.name === '' && batch.dueAt === undefined)) return null
  return (
    <span
      className="wb-batch sub"
      title={[batch.name, batch.dueAt ? format.dateTime(batch.dueAt) : '']
        .filter((part) => part !== '')
        .join(' · ')}
    >
      {batch.name !== '' && (
        <span className="clip" dir="auto">
          {batch.name}
        </span>
      )}
      {batch.dueAt && (
        <span className={daysAhead(batch.dueAt) < 1 ? 'tag warn' : 'nowrap'}>
          {t('workbench.due', { when: format.dayMonth(batch.dueAt) })}
        </span>
      )}
    </span>
  )
}

/** How far I am: in a project of what is for me, over all projects today. */
function Progress({ position }: { readonly position: Position | undefined }) {
  const { t, format } = useI18n()
  if (!position) return null
  const done = format.number(position.done)
  if (position.total === undefined)
    return (
      <span className="sub wb-done" title={t('workbench.doneTodayHelp')}>
        {t('workbench.doneToday', { count: position.done, number: done })}
      </span>
    )
  if (position.total === 0) return null
  return (
    <span className="sub wb-done" title={t('workbench.progressHelp')}>
      {t('workbench.progress', { done, total: format.number(position.total) })}
    </span>
  )
}

type TopProps = {
  readonly session: Session
  readonly desk: Desk | undefined
  readonly projectName: string
  readonly position: Position | undefined
  /** These two are left out where no project is in view. */
  readonly onInstructions: (() => void) | undefined
  /** Have a stock of items at hand, to work without a network. */
  readonly onTakeAlong: () => void
  readonly onRecent: (() => void) | undefined
  readonly actions: readonly {
    readonly id: string
    readonly label: string
    readonly primary?: true
    readonly run: () => void
  }[]
}

/** Project, item, position, active time, saving; what can be done with the item. */
export function TopBar(props: TopProps) {
  const { session, desk } = props
  const { t } = useI18n()
  return (
    <header className="wb-top">
      <Link to="/" className="wb-brand" title={t('workbench.leave')}>
        <span lang="hi">कसौटी</span>
      </Link>
      <span className="wb-place">
        <b dir="auto" title={props.projectName}>
          {props.projectName}
        </b>
        {desk && (
          <span className="sub clip" dir="auto" title={desk.work.key}>
            / {desk.work.key}
          </span>
        )}
      </span>
      {desk && desk.work.stage !== 'annotate' && (
        <span className="tag accent">{t(`workbench.stage.${desk.work.stage}`)}</span>
      )}
      {desk?.work.returned && <span className="tag warn">{t('workbench.returned')}</span>}
      <Batch batch={desk?.work.batch} />
      <span className="grow" />
      <Progress position={props.position} />
      {desk && (
        <span className="sub wb-clock" title={t('workbench.activeHelp')}>
          {t('workbench.active', { time: clock(desk.activeMs) })}
        </span>
      )}
      <SaveMark session={session} />
      <TakeAlong session={session} onTake={props.onTakeAlong} />
      {props.onRecent && (
        <button
          type="button"
          className="wb-btn"
          onClick={props.onRecent}
          title={t('workbench.recent')}
        >
          <span aria-hidden="true">⤺</span>
          <span className="offscreen">{t('workbench.recent')}</span>
          <CommandKey id="workbench.recent" />
        </button>
      )}
      {props.onInstructions && (
        <button type="button" className="wb-btn" onClick={props.onInstructions}>
          {t('workbench.instructions')} <CommandKey id="workbench.instructions" />
        </button>
      )}
      {props.actions.map((a) => (
        <button
          key={a.id}
          type="button"
          className="wb-btn"
          data-primary={a.primary}
          onClick={a.run}
          disabled={!desk}
        >
          {a.label} <CommandKey id={a.id} />
        </button>
      ))}
      <span className="offscreen" role="status">
        {desk ? t('workbench.position', { key: desk.work.key }) : ''}
      </span>
    </header>
  )
}

/** The keys that work now: those of the active field first. */
export function BottomBar(props: {
  readonly asked: AskedSpot | undefined
  readonly commands: readonly { readonly id: string; readonly label: string }[]
  readonly mode: Desk['mode'] | undefined
}) {
  const { asked } = props
  const { t, locale } = useI18n()
  const hints =
    asked && props.mode !== 'look' ? asked.editor.tool.hints(asked.field.config, asked) : []
  const room = asked && roomTranslate(asked.editor.messages, locale)
  return (
    <footer className="wb-keys">
      {asked && hints.length > 0 && (
        <b className="clip wb-keys-field" dir="auto">
          {localText(asked.field.title, locale)}
        </b>
      )}
      {hints.map((hint) => (
        <span key={hint.message}>
          {hint.keys.map((k) => (
            <kbd key={k}>{k}</kbd>
          ))}{' '}
          {room?.(hint.message)}
        </span>
      ))}
      <span className="grow" />
      {props.commands.map((c) => (
        <span key={c.id}>
          <CommandKey id={c.id} /> {c.label}
        </span>
      ))}
      <span>
        <CommandKey id="app.keys" /> {t('workbench.keys.all')}
      </span>
    </footer>
  )
}
