export { cookieName, endedSessionCookie, sessionCookie, sessionDays } from './authenticate.ts'
export { decodeCursor, encodeCursor } from './cursor.ts'
export {
  type Access,
  type Caller,
  type Ctx,
  type FileAnswer,
  type Handler,
  type Handlers,
  handlers,
  withoutTransaction,
} from './handler.ts'
export { newAccessToken, tokenPrefix } from './secrets.ts'
export {
  createHttp,
  type HttpListener,
  type HttpOptions,
  isPlainTarget,
  type Listening,
  listen,
} from './server.ts'
export { forgetAnswers } from './sweep.ts'
