import { clearRecent } from '@kasauti/catalog/browser'
import { forgetMe } from '../platform/api/index.ts'
import { clearActivity } from './activity-journal.ts'
import { clearJournal } from './journal.ts'

/** Forget what this browser keeps of a person's work: when they sign out. */
export async function clearTraces(userId: string): Promise<void> {
  clearRecent()
  forgetMe()
  await clearJournal(userId)
  await clearActivity(userId)
}
