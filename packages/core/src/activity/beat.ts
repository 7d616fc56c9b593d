import { z } from 'zod'

/**
 * What a page notices: `touch` a key, pointer, wheel, scroll or input; `play` and `pause` of media;
 * `show` and `hide` of the item; `focus` of the page, or of another field in it, and `blur`; `sleep`
 * the last moment before the machine slept, `wake` the first after it.
 */
export const activityKinds = [
  'touch',
  'play',
  'pause',
  'show',
  'hide',
  'focus',
  'blur',
  'sleep',
  'wake',
] as const
export type ActivityKind = (typeof activityKinds)[number]

export const marksPerBeat = 1000
export const beatsPerSending = 60

/** When, by the monotonic clock of its tab in milliseconds; what; of `focus` in which field. */
export const ActivityMark = z.tuple([
  z.number(),
  z.enum(activityKinds),
  z.string().max(40).optional(),
])
export type ActivityMark = z.infer<typeof ActivityMark>

/**
 * What one tab noticed of a person at one assignment since its last beat. A beat is the same however
 * often it is sent: `tab` and `seq` name it within its assignment. `sentMs` is when it was closed by
 * the tab's monotonic clock, `wallMs` by the machine's wall clock (milliseconds since 1970): used only
 * to order beats of several tabs that arrive together, never to measure.
 */
export const Beat = z.object({
  tab: z.uuid(),
  seq: z.number().int().min(0).max(1_000_000),
  sentMs: z.number(),
  wallMs: z.number(),
  marks: z.array(ActivityMark).max(marksPerBeat),
})
export type Beat = z.infer<typeof Beat>

export const Activity = z.array(Beat).max(beatsPerSending)

/** A beat as it came in: when, by the server's clock. */
export type ReceivedBeat = Beat & { readonly receivedAtMs: number }
