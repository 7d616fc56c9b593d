/** What is told to pages, before it is stored and after. */
export type Announcement = {
  readonly kind: string
  readonly projectId?: string
  readonly toUserId?: string
  readonly payload?: Readonly<Record<string, string>>
}

/** An event as the stream carries it. `id` orders it and is where a reader goes on. */
export type StreamEvent = {
  readonly id: string
  readonly kind: string
  readonly projectId: string | undefined
  readonly toUserId: string | undefined
  readonly payload: Readonly<Record<string, string>>
  readonly at: Date
}
