export { BatchesScreen, MyBatchesScreen } from './BatchesScreen.tsx'
export { BatchScreen } from './BatchScreen.tsx'
