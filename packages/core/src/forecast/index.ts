export { type Chance, chanceFrom } from './chance.ts'
export { forecast } from './forecast.ts'
export type {
  Ahead,
  Flow,
  Forecast,
  ForecastInput,
  ForecastPerson,
  PastDay,
  PerStage,
  Reason,
} from './types.ts'
export { perStage } from './types.ts'
export { type WhatIf, whatIf } from './what-if.ts'
