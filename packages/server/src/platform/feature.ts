import type { Handlers } from './http/handler.ts'
import type { JobKind, Sweep } from './jobs/job.ts'

/** What a feature's door offers to the server. */
export type Feature = {
  readonly routes?: Partial<Handlers>
  readonly jobKinds?: readonly JobKind[]
  readonly sweeps?: readonly Sweep[]
}
