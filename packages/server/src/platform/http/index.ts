export { endedSessionCookie, sessionCookie, sessionDays } from './authenticate.ts'
export { decodeCursor, encodeCursor } from './cursor.ts'
export {
  type Caller,
  type Ctx,
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
