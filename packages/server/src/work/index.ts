export { type Act, resume, type Work } from './resume.ts'
export { routes } from './routes.ts'
export { endAssignment } from './storage.ts'
export { checked } from './submit.ts'

import { leaseSweep, strandedSweep } from './sweep.ts'

export { sweepLeases } from './sweep.ts'
export const sweeps = [leaseSweep, strandedSweep]
