import { appealOperations } from './appeal.ts'
import { assignmentOperations } from './assignment.ts'
import { batchOperations } from './batch.ts'
import { boardOperations } from './board.ts'
import { calendarOperations, holidayOperations } from './calendar.ts'
import { deliveryOperations } from './delivery.ts'
import { examOperations } from './exam.ts'
import { forecastOperations } from './forecast.ts'
import { goldOperations } from './gold.ts'
import { importOperations } from './import.ts'
import { itemOperations } from './item.ts'
import { jobOperations } from './job.ts'
import { memberOperations } from './member.ts'
import { notificationOperations } from './notification.ts'
import { projectOperations } from './project.ts'
import { schemaOperations } from './schema.ts'
import { sessionOperations } from './session.ts'
import { skillOperations } from './skill.ts'
import { systemOperations } from './system.ts'
import { taxonomyOperations } from './taxonomy.ts'
import { templateOperations } from './template.ts'
import { timeOperations } from './time.ts'
import { tokenOperations } from './token.ts'
import { uploadOperations } from './upload.ts'
import { invitationOperations, userOperations } from './user.ts'
import { viewOperations } from './view.ts'
import { workOperations } from './work.ts'
import { workflowOperations } from './workflow.ts'

/** Every HTTP operation there is, by name. */
export const contract = {
  ...sessionOperations,
  ...tokenOperations,
  ...userOperations,
  ...invitationOperations,
  ...projectOperations,
  ...memberOperations,
  ...schemaOperations,
  ...taxonomyOperations,
  ...templateOperations,
  ...uploadOperations,
  ...importOperations,
  ...deliveryOperations,
  ...workOperations,
  ...assignmentOperations,
  ...appealOperations,
  ...workflowOperations,
  ...batchOperations,
  ...boardOperations,
  ...calendarOperations,
  ...holidayOperations,
  ...forecastOperations,
  ...timeOperations,
  ...itemOperations,
  ...goldOperations,
  ...skillOperations,
  ...examOperations,
  ...viewOperations,
  ...notificationOperations,
  ...jobOperations,
  ...systemOperations,
}
export type Contract = typeof contract
export type OperationName = keyof Contract
