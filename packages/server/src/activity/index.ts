export { type Ending, keepBeats, type SettledTime, settleTime } from './settle.ts'
export { type BeatRow, beatRows } from './storage.ts'
export { forgetBeats, sweeps } from './sweep.ts'
