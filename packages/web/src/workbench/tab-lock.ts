/** One tab per assignment: the tab that opens it second is told, and may take it over. */
type Word = {
  readonly kind: 'open' | 'held' | 'taken'
  readonly assignmentId: string
  readonly tab: string
}
export type Channel = {
  post(word: Word): void
  listen(hear: (word: Word) => void): () => void
}
export type TabLock = {
  /** Ask for an assignment; asking again for the same is harmless. */
  open(assignmentId: string): void
  /** Work on it here, whoever has it. */
  take(assignmentId: string): void
  /** Assignments other tabs hold. */
  heldElsewhere(): ReadonlySet<string>
  close(): void
}

export function createTabLock(channel: Channel, tab: string, changed: () => void): TabLock {
  let mine: string | undefined
  let elsewhere: ReadonlySet<string> = new Set()
  const mark = (id: string, held: 'here' | 'elsewhere') => {
    const next = new Set(elsewhere)
    if (held === 'here') next.delete(id)
    else next.add(id)
    elsewhere = next
    changed()
  }
  const stop = channel.listen((word) => {
    if (word.tab === tab || word.assignmentId !== mine) return
    if (word.kind === 'open' && !elsewhere.has(mine))
      channel.post({ kind: 'held', assignmentId: mine, tab })
    else if (word.kind !== 'open') mark(word.assignmentId, 'elsewhere')
  })
  return {
    open(id) {
      if (mine === id) return
      mine = id
      channel.post({ kind: 'open', assignmentId: id, tab })
    },
    take(id) {
      mine = id
      mark(id, 'here')
      channel.post({ kind: 'taken', assignmentId: id, tab })
    },
    heldElsewhere: () => elsewhere,
    close: stop,
  }
}

/** All tabs of this origin. */
export function tabChannel(): Channel {
  const channel = new BroadcastChannel('kasauti-workbench')
  return {
    post: (word) => channel.postMessage(word),
    listen(hear) {
      channel.onmessage = (e: MessageEvent<Word>) => hear(e.data)
      return () => channel.close()
    },
  }
}
