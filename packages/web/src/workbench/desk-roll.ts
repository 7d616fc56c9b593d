/** Which of the items on this tab's desk other tabs of this browser have on theirs. */
type Word =
  | { readonly kind: 'who'; readonly tab: string; readonly ids: readonly string[] }
  | { readonly kind: 'have'; readonly to: string; readonly ids: readonly string[] }
export type RollChannel = {
  post(word: Word): void
  listen(hear: (word: Word) => void): () => void
}
export type DeskRoll = {
  elsewhere(ids: readonly string[]): Promise<ReadonlySet<string>>
  close(): void
}

/** Tabs answer within this time, or do not have it. */
const answerMs = 250

export function createDeskRoll(
  channel: RollChannel,
  o: { readonly tab: string; readonly mine: () => readonly string[] },
): DeskRoll {
  const found = new Set<string>()
  const stop = channel.listen((word) => {
    if (word.kind === 'have') {
      if (word.to === o.tab) for (const id of word.ids) found.add(id)
      return
    }
    if (word.tab === o.tab) return
    const here = new Set(o.mine())
    const ids = word.ids.filter((id) => here.has(id))
    if (ids.length > 0) channel.post({ kind: 'have', to: word.tab, ids })
  })
  return {
    async elsewhere(ids) {
      if (ids.length === 0) return found
      channel.post({ kind: 'who', tab: o.tab, ids })
      await new Promise((resolve) => setTimeout(resolve, answerMs))
      return found
    },
    close: stop,
  }
}

/** All tabs of this origin. */
export function rollChannel(): RollChannel {
  const channel = new BroadcastChannel('kasauti-desks')
  return {
    post: (word) => channel.postMessage(word),
    listen(hear) {
      channel.onmessage = (e: MessageEvent<Word>) => hear(e.data)
      return () => channel.close()
    },
  }
}
