import type { EventKind } from '@kasauti/contract'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { z } from 'zod'
import { client } from '../api/client.ts'
import { refreshAnswers } from '../api/index.ts'

export type EventName = z.infer<typeof EventKind>
/** What an event tells: ids on the wire, nothing that would need a permission. */
export type PageEvent = { readonly kind: EventName; readonly projectId?: string } & Readonly<
  Record<string, unknown>
>

/** Nouns whose answers an event makes old. */
const concerns: Readonly<Record<EventName, readonly string[]>> = {
  'project.changed': [
    'project',
    'workflow',
    'session.me',
    'work.today',
    'board',
    'batch',
    'assignment',
    'appeal',
  ],
  'job.changed': ['job', 'workflow', 'import', 'delivery'],
  'import.changed': ['import', 'project', 'item.list'],
  'delivery.changed': ['delivery', 'batch.get'],
  'item.changed': ['item', 'workflow', 'project.progress', 'project.get', 'work.today', 'board'],
  'work.returned': ['work.today', 'work.recent', 'appeal.open'],
  'notification.new': ['notification', 'appeal'],
  'member.changed': ['member', 'session.me'],
}
const kinds = Object.keys(concerns) as EventName[]

let connection: 'open' | 'lost' = 'open'
const watchers = new Set<() => void>()
const listeners = new Map<EventName, Set<(event: PageEvent) => void>>()

function setConnection(next: typeof connection): void {
  if (connection === next) return
  connection = next
  for (const watcher of watchers) watcher()
}

/** Many events of one kind within this time refresh the page once. */
const calmMs = 2000
const waiting = new Map<string, ReturnType<typeof setTimeout> | 'again'>()

/** Refresh now, then at most once per `calmMs` for a kind and project, the last event included. */
function soon(kind: EventName, projectId: string | undefined): void {
  const key = `${kind} ${projectId ?? ''}`
  if (waiting.has(key)) return void waiting.set(key, 'again')
  void refreshAnswers(concerns[kind], projectId)
  const calm = setTimeout(() => {
    const again = waiting.get(key) === 'again'
    waiting.delete(key)
    if (again) soon(kind, projectId)
  }, calmMs)
  waiting.set(key, calm)
}

function receive(kind: EventName, data: string): void {
  let fields: Record<string, unknown> = {}
  try {
    const parsed: unknown = JSON.parse(data)
    if (typeof parsed === 'object' && parsed !== null) fields = parsed as Record<string, unknown>
  } catch {
    // An event without details still says that something changed.
  }
  const projectId = typeof fields['projectId'] === 'string' ? fields['projectId'] : undefined
  const event: PageEvent = { ...fields, kind, ...(projectId ? { projectId } : {}) }
  soon(kind, projectId)
  for (const listener of listeners.get(kind) ?? []) listener(event)
}

/**
 * Open the page's one event stream. The browser reconnects and resumes by itself while the server
 * answers; when the stream is closed for good (a restart behind a proxy), it is opened again.
 * @returns what closes it
 */
export function openEvents(): () => void {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const open = () => {
    source = new EventSource(client.url('system.events'))
    let wasLost = connection === 'lost'
    source.onopen = () => {
      if (wasLost) void refreshAnswers(Object.values(concerns).flat())
      wasLost = false
      setConnection('open')
    }
    source.onerror = () => {
      wasLost = true
      if (!navigator.onLine || source?.readyState !== EventSource.CLOSED) setConnection('lost')
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, 5000)
    }
    for (const kind of kinds)
      source.addEventListener(kind, (event) => receive(kind, String((event as MessageEvent).data)))
  }
  open()
  return () => {
    clearTimeout(timer)
    source?.close()
    setConnection('open')
  }
}

/** Hear an event of the stream while mounted. */
export function useEvent(kind: EventName, onEvent: (event: PageEvent) => void): void {
  const latest = useRef(onEvent)
  useEffect(() => {
    latest.current = onEvent
  })
  useEffect(() => {
    const listener = (event: PageEvent) => latest.current(event)
    const own = listeners.get(kind) ?? new Set()
    own.add(listener)
    listeners.set(kind, own)
    return () => {
      own.delete(listener)
    }
  }, [kind])
}

/** Whether the server can be heard. */
export const useConnection = (): 'open' | 'lost' =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => {
        watchers.delete(watcher)
      }
    },
    () => connection,
  )
