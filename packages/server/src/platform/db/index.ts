export { atCommit, doWhatWasLeft, inOneGo } from './driver.ts'

export { unscoped } from './guard/index.ts'
export { json, storableText } from './json.ts'

export { plannedAnew } from './prepared.ts'
