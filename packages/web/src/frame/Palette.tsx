// biome-ignore-all lint/a11y/useFocusableInteractive: the text box holds the focus and names the active option
import { Modal, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { rolesIn, useMe } from '../platform/api/index.ts'
import { useT } from '../platform/i18n/index.ts'
import { Kbd, useOffered } from '../platform/keys/index.ts'
import { screensFor, withStages } from './access.ts'
import { matchRank } from './palette-search.ts'

type Entry = {
  readonly id: string
  readonly text: string
  readonly group: string
  readonly chord?: string | undefined
  run(): void
}

/** Everything that can be gone to or done from here. */
function useEntries(): readonly Entry[] {
  const t = useT()
  const me = useMe()
  const navigate = useNavigate()
  const offered = useOffered()
  return useMemo(() => {
    const go = (to: string) => () => void navigate({ to })
    const commands = offered
      .filter((c) => c.palette !== 'skip' && c.id !== 'app.palette')
      .map((c) => ({
        id: c.id,
        text: t(c.title, c.values),
        group: t('frame.group.commands'),
        chord: c.chords[0],
        run: () => c.run(),
      }))
    const projects = me.projects.flatMap((p) =>
      withStages(screensFor(rolesIn(me, p.projectId)), ['annotate', 'review']).map((s) => ({
        id: `${p.projectId} ${s.id}`,
        text: s.id === 'overview' ? p.name : `${p.name} · ${t(`frame.${s.id}`)}`,
        group: t('frame.group.projects'),
        run: go(s.to.replace('$projectId', p.projectId)),
      })),
    )
    const screens: readonly (readonly [string, string])[] = [
      ['/work', 'frame.everything'],
      ['/projects', 'frame.allProjects'],
      ['/account', 'frame.account'],
      ...(me.mayCreateProjects ? ([['/projects/new', 'frame.newProject']] as const) : []),
      ...(me.admin
        ? ([
            ['/admin/people', 'frame.adminPeople'],
            ['/admin/holidays', 'frame.holidays'],
            ['/admin/system', 'frame.system'],
          ] as const)
        : []),
    ]
    const fixed = screens.map(([to, key]) => ({
      id: to,
      text: t(key),
      group: t('frame.group.screens'),
      run: go(to),
    }))
    return [...commands, ...fixed, ...projects]
  }, [offered, me, navigate, t])
}

function PaletteList({ onClose }: { readonly onClose: () => void }) {
  const t = useT()
  const entries = useEntries()
  const listId = useId()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const found = useMemo(
    () =>
      entries
        .map((entry) => ({ entry, rank: matchRank(entry.text, typed) }))
        .filter((f): f is { entry: Entry; rank: number } => f.rank !== undefined)
        .sort((a, b) => (typed === '' ? 0 : a.rank - b.rank))
        .slice(0, 60)
        .map((f) => f.entry),
    [entries, typed],
  )
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' })
  }, [at])
  const choose = (entry: Entry | undefined) => {
    if (!entry) return
    onClose()
    // The dialog is gone first: what runs may open another or move the focus.
    setTimeout(() => entry.run())
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setAt((n) => Math.min(found.length - 1, n + 1))
    else if (event.key === 'ArrowUp') setAt((n) => Math.max(0, n - 1))
    else if (event.key === 'Enter') choose(found[at])
    else return
    event.preventDefault()
  }
  return (
    <>
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={found[at] ? `${listId}-${at}` : undefined}
        aria-label={t('frame.find')}
        placeholder={t('frame.palette')}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div
        className="palette-list"
        role="listbox"
        id={listId}
        ref={list}
        aria-label={t('frame.palette')}
      >
        {found.map((entry, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the text box above holds the keys
          <div
            key={entry.id}
            id={`${listId}-${index}`}
            className="palette-option"
            role="option"
            aria-selected={index === at}
            onClick={() => choose(entry)}
            onMouseMove={() => setAt(index)}
          >
            <span className="grow clip" dir="auto">
              {entry.text}
            </span>
            <span className="group">{entry.group}</span>
            {entry.chord && <Kbd chord={entry.chord} />}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="sub">{t('frame.paletteNothing')}</p>}
    </>
  )
}

/** The command palette. */
export function Palette({
  opened,
  onClose,
}: {
  readonly opened: boolean
  readonly onClose: () => void
}) {
  const t = useT()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      size={620}
      padding="md"
      centered={false}
      yOffset="12vh"
      title={t('frame.find')}
      classNames={{ header: 'offscreen' }}
    >
      <PaletteList onClose={onClose} />
    </Modal>
  )
}
