import type { Mark } from '@kasauti/contract'
import type { Verdict } from '@kasauti/core'
import type { z } from 'zod'
import type { Act } from '../work/index.ts'

export type Judgement = Act & {
  readonly verdict: Verdict
  readonly note: string
  readonly marks: readonly z.output<typeof Mark>[]
}
