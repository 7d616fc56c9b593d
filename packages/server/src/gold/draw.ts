/** Where among a person's next items gold stands. */
import { goldHazard, goldPlaces, type ProjectRole } from '@kasauti/core'
import type { Ctx } from '../platform/http/handler.ts'
import { type GoldSettingsValue, goldSettings, meetsGold, policyOf } from './blind.ts'
import { findDraw, type PickedGold } from './draw-storage.ts'

/** The places of a claim, each for gold or for work. */
export type GoldDraw = {
  readonly places: readonly (PickedGold | undefined)[]
  /** How many items of the ordinary queue are to be taken. */
  readonly work: number
}

/**
 * Before new items are taken: decide for each of `count` places, independently, whether gold stands
 * there. Nothing is written; take `work` items, then `injectGold`. Under the lock of the person's queue.
 */
export async function drawGold(
  ctx: Ctx,
  at: {
    readonly projectId: string
    readonly count: number
    readonly roles: readonly ProjectRole[]
    readonly settings: Partial<GoldSettingsValue> | null | undefined
  },
): Promise<GoldDraw> {
  const settings = goldSettings(at.settings)
  const places = Array.from({ length: at.count })
  if (!meetsGold({ ...settings, roles: at.roles }))
    return { places: places.map(() => undefined), work: at.count }
  const who = { projectId: at.projectId, userId: ctx.caller.userId }
  // Read whatever chance decides: a claim without gold takes as long.
  const from = ctx.app.chance()
  const draw = await findDraw(ctx.db, who, { use: 'hidden', count: at.count, from })
  const hazard = goldHazard(draw.standing, policyOf(settings))
  const isGold = goldPlaces(
    hazard,
    places.map(() => ctx.app.chance()),
  )
  const left = [...draw.golds]
  const drawn = isGold.map((gold) => (gold ? left.shift() : undefined))
  return { places: drawn, work: drawn.filter((gold) => gold === undefined).length }
}

type Placed<Item> = { readonly item: Item; readonly goldId?: string }

/**
 * The items taken, with gold at its places. Gold takes on the batch of its neighbour. Where the queue gave
 * less than asked for, what comes after its last item is left out: nobody is given gold alone.
 * @param next where every place is gold: the batch of the next item of work there is, if there is one
 */
export function injectGold<Item extends Omit<PickedGold, 'gold_id'>>(
  draw: GoldDraw,
  taken: readonly Item[],
  next?: string,
): readonly Placed<Item | PickedGold>[] {
  const left = [...taken]
  const out: Placed<Item | PickedGold>[] = []
  let batchId = taken[0]?.batch_id ?? next
  for (const gold of draw.places) {
    if (left.length === 0 && taken.length < draw.work) break
    if (gold && batchId !== undefined)
      out.push({ item: { ...gold, batch_id: batchId }, goldId: gold.gold_id })
    else if (!gold) {
      const item = left.shift()
      if (!item) break
      batchId = item.batch_id
      out.push({ item })
    }
  }
  return out
}
