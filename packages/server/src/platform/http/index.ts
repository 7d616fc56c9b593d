export { endedSessionCookie, sessionCookie, sessionDays } from './authenticate.ts'
export { decodeCursor, encodeCursor, idAfter, pageById } from './cursor.ts'
export {
  type Caller,
  type Ctx,
  type FileAnswer,
  type Handlers,
  handlers,
  withoutTransaction,
} from './handler.ts'
export { newAccessToken } from './secrets.ts'
export {
  createHttp,
  type HttpOptions,
  isPlainTarget,
  listen,
} from './server.ts'
export { forgetAnswers } from './sweep.ts'
