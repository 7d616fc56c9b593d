import { clearRecent } from '@kasauti/catalog/browser'
import { clearJournal } from './journal.ts'

/** Forget everything this browser keeps of anybody's work: when a person signs out. */
export async function clearTraces(): Promise<void> {
  clearRecent()
  await clearJournal()
}
