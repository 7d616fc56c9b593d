export const batchViews = ['board', 'table', 'calendar'] as const

/** How batches are shown, in the address. */
export type BatchesSearch = {
  readonly view?: (typeof batchViews)[number] | undefined
  /** Of the calendar: `2026-08`. */
  readonly month?: string | undefined
}

/** Read the address; what does not fit is left out. */
export function readBatchesSearch(search: Record<string, unknown>): BatchesSearch {
  const view = batchViews.find((v) => v === search['view'])
  const { month } = search
  return {
    ...(view ? { view } : {}),
    ...(typeof month === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? { month } : {}),
  }
}
