/** Who must not be able to tell gold from work. */
import type { GoldSettings } from '@kasauti/contract'
import { type GoldPolicy, goldPolicy, type ProjectRole } from '@kasauti/core'
import { sql } from 'kysely'
import type { z } from 'zod'

export type GoldSettingsValue = z.output<typeof GoldSettings>

/** What a project says of hidden gold; off where it says nothing. */
export const goldSettings = (
  settings: Partial<GoldSettingsValue> | null | undefined,
): GoldSettingsValue => ({
  hidden: false,
  feedback: 'daily',
  tolerances: {},
  ...goldPolicy,
  ...settings,
})

export const policyOf = ({ least, most }: GoldSettingsValue): GoldPolicy => ({
  least: Math.min(least, most),
  most: Math.max(least, most),
})

/**
 * Associates and nothing else meet hidden gold and are shown references in place of keys: everybody
 * else sees the items of the project and would know.
 */
export const meetsGold = (of: {
  readonly hidden: boolean | null | undefined
  readonly roles: readonly ProjectRole[] | null | undefined
}): boolean =>
  of.hidden === true &&
  (of.roles?.length ?? 0) > 0 &&
  of.roles?.every((r) => r === 'associate') === true

/** Of `projects p`: whether hidden gold is on. */
export const hiddenGold = sql`coalesce((p.settings->'gold'->>'hidden')::boolean, false)`

/** Of `members m`, for somebody who is no admin: whether they meet gold in `projects p`. */
export const blindMember = sql`(${hiddenGold} and m.roles = '{associate}'::text[])`
