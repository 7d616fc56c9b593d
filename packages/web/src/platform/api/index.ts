export { ApiError, newIdempotencyKey } from '@kasauti/contract/client'
export { client } from './client.ts'
export { errorText } from './error-text.ts'
export { forgetMe } from './kept-me.ts'
export { hasRole, keepMe, type Me, meQuery, rolesIn, useMe, useSavePreferences } from './me.ts'
export { problemsInWords, problemText, reasonText } from './problem-text.ts'
export { apiQuery, queryClient, refreshAnswers, useApi, useApiMutation } from './query.ts'
export { sessionEnded, sessionRenewed, useSessionState } from './session.ts'
export { uploadFile } from './upload.ts'
export {
  hasStage,
  isReviewed,
  useMyStages,
  useWorkflow,
} from './workflow.ts'
