export { readyToSend } from './asked.ts'
export { ItemView } from './ItemView.tsx'
export {
  contextOf,
  type Kit,
  makeKit,
  roomTranslate,
  taxonomyLoader,
  useKit,
} from './kit.ts'
export { severityTones } from './MarkNotes.tsx'
export { sendEverything } from './ports.ts'
export { type PracticeRunner, practiceRunner } from './practice.ts'
export {
  AdjudicateScreen,
  AuditScreen,
  EverythingScreen,
  ReviewScreen,
  WorkbenchScreen,
} from './screens.tsx'
export { clearTraces } from './traces.ts'
export { useDesk } from './use-desk.ts'
export { useSession } from './use-runner.ts'
export { answerWords } from './words.ts'
