export { type CheckedAnswers, checked } from './checked.ts'
export { giveBack } from './leave.ts'
export { hadBy } from './queue-draw.ts'
export { rewindQueues, startReordering } from './queue-reorder.ts'
export { lockPerson } from './queue-storage.ts'
export { type Act, resume, type Work } from './resume.ts'
export { routes } from './routes.ts'
export { type SettledWork, settled } from './settled.ts'
export { endAssignment, type LockedRow, lockAssignments, setHolder } from './storage.ts'
export { subjectOf } from './subject.ts'

import { reordering } from './queue-reorder.ts'
import { leaseSweep, strandedSweep } from './sweep.ts'

export { sweepLeases } from './sweep.ts'
export const sweeps = [leaseSweep, strandedSweep]
export const jobKinds = [reordering]
