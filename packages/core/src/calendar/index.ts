export {
  DayHours,
  type DayRange,
  guessedWorkHours,
  isOff,
  isZone,
  WorkHours,
  weekMinutes,
  Zone,
} from './hours.ts'
export { type DayPlan, firstPlanDay, planDays, type Span, spansOn, workingMs } from './working.ts'
export { addDays, dayIn, instantOf, wallClock, weekdayOf } from './zone.ts'
