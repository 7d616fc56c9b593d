export { type Ending, keepBeats, type SettledTime, settleTime } from './settle.ts'
export { forgetBeats, sweeps } from './sweep.ts'
