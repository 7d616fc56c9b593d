import type { Db } from '../platform/app.ts'
import type { JobKind } from '../platform/jobs/job.ts'
import { countItems, findWordless, insertWords, type Wordless } from './storage.ts'
import { searchWords } from './words.ts'

const atOnce = 2000

/** Make these items findable by the words of their key and preview. */
export async function indexWords(
  db: Db,
  projectId: string,
  items: readonly Wordless[],
): Promise<void> {
  if (items.length === 0) return
  const rows = items.map((item) => ({
    itemId: item.item_id,
    ordinal: item.ordinal,
    words: searchWords(`${item.key} ${item.preview}`),
  }))
  await insertWords(db, { projectId, rows })
}

/** Goes through a project until every item has its words; each chunk is committed by itself. */
export const searchIndex: JobKind = {
  kind: 'search-index',
  async run({ app, projectId, signal, report }) {
    const total = await countItems(app.db, projectId)
    let after = 0
    for (let done = 0; !signal.aborted; ) {
      const items = await findWordless(app.db, { projectId, after, limit: atOnce })
      await indexWords(app.db, projectId, items)
      done += items.length
      report({ done, total: Math.max(total, done), unit: 'items' })
      if (items.length < atOnce) break
      after = items.at(-1)?.ordinal ?? after
    }
    app.announce({ kind: 'item.changed', projectId })
  },
}
