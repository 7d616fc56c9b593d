import { deliveryOperations, importOperations, uploadOperations } from './data.ts'
import {
  memberOperations,
  projectOperations,
  schemaOperations,
  taxonomyOperations,
  templateOperations,
} from './project.ts'
import { sessionOperations, tokenOperations } from './session.ts'
import { jobOperations, notificationOperations, systemOperations } from './system.ts'
import { invitationOperations, userOperations } from './user.ts'
import { itemOperations, viewOperations, workOperations } from './work.ts'

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
  ...itemOperations,
  ...viewOperations,
  ...notificationOperations,
  ...jobOperations,
  ...systemOperations,
}
export type Contract = typeof contract
export type OperationName = keyof Contract
