/** The batch one comes from to import into. */
export type ImportSearch = { readonly batch?: string | undefined }

export const readImportSearch = (search: Record<string, unknown>): ImportSearch =>
  typeof search['batch'] === 'string' ? { batch: search['batch'] } : {}
