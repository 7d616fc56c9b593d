export { clearJournal } from './journal.ts'
export { ReviewScreen, WorkbenchScreen } from './screens.tsx'
