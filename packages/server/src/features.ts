/** Every feature of the server: one line each, and its import. */
import * as activity from './activity/index.ts'
import * as appeal from './appeal/index.ts'
import * as assignment from './assignment/index.ts'
import * as batch from './batch/index.ts'
import * as board from './board/index.ts'
import * as calendar from './calendar/index.ts'
import * as delivery from './delivery/index.ts'
import * as exam from './exam/index.ts'
import * as forecast from './forecast/index.ts'
import * as gold from './gold/index.ts'
import * as importing from './import/index.ts'
import * as invitation from './invitation/index.ts'
import * as item from './item/index.ts'
import * as job from './job/index.ts'
import * as member from './member/index.ts'
import * as notification from './notification/index.ts'
import type { Feature } from './platform/feature.ts'
import * as project from './project/index.ts'
import * as review from './review/index.ts'
import * as schema from './schema/index.ts'
import * as session from './session/index.ts'
import * as skill from './skill/index.ts'
import * as system from './system/index.ts'
import * as taxonomy from './taxonomy/index.ts'
import * as template from './template/index.ts'
import * as time from './time/index.ts'
import * as token from './token/index.ts'
import * as upload from './upload/index.ts'
import * as user from './user/index.ts'
import * as view from './view/index.ts'
import * as work from './work/index.ts'
import * as workflow from './workflow/index.ts'

export const features: readonly Feature[] = [
  activity,
  appeal,
  assignment,
  batch,
  board,
  calendar,
  delivery,
  exam,
  forecast,
  gold,
  importing,
  invitation,
  item,
  job,
  member,
  notification,
  project,
  review,
  schema,
  session,
  skill,
  system,
  taxonomy,
  template,
  time,
  token,
  upload,
  user,
  view,
  work,
  workflow,
]
