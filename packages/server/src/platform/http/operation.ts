/**
 * One operation over HTTP: authenticate, authorise, read, decode, run, encode, answer. All of it
 * happens here, inside the route, so that no spelling of a path can go around it.
 */
import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Operation } from '@kasauti/contract'
import { KasautiError, type Problem } from '@kasauti/core'
import { z } from 'zod'
import type { App, Db } from '../app.ts'
import { type JsonAnswer, sendFile, sendJson, sendProblem } from './answer.ts'
import { authRequired, callerOf, credentialOf } from './authenticate.ts'
import { authorise, noProject } from './authorise.ts'
import { gateOf } from './gate.ts'
import type { Access, Caller, Ctx, FileAnswer } from './handler.ts'
import { hasOwnTransaction } from './handler.ts'
import { bodyLimit, isStorable, parseJson, readBody } from './json-body.ts'
import { deviceOf, ipOf, originOf, refuseForeignOrigin } from './peer.ts'
import { mayRunAgain, toKasautiError } from './problem.ts'
import { findStoredAnswer, storeAnswer } from './storage.ts'
import { keepStream } from './streams.ts'

/** A handler without its operation's types: what the wrapper calls. */
export type AnyHandler = (ctx: Ctx, input: never) => Promise<unknown>

export type Exchange = {
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
  readonly params: Readonly<Record<string, string>>
  readonly search: URLSearchParams
  readonly requestId: string
}

type Request = Exchange & {
  readonly app: App
  readonly op: Operation
  readonly handler: AnyHandler
  readonly now: Date
  readonly origin: string
  readonly caller: Caller | undefined
  readonly access: Access | undefined
  readonly input: Input
}
type Input = {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  readonly rawBody: Buffer
}

const runAgainAtMost = 3

/** Answers the request; never throws. */
export async function runOperation(
  app: App,
  what: { readonly op: Operation; readonly handler: AnyHandler },
  exchange: Exchange,
): Promise<void> {
  try {
    const request = await admit(app, what, exchange)
    await answer(request)
  } catch (thrown) {
    const { error, cause } = toKasautiError(thrown)
    const told = { operation: what.op.name, requestId: exchange.requestId }
    // Whoever left in the middle caused the failure; nobody is there to be answered.
    if (exchange.incoming.destroyed || exchange.outgoing.destroyed)
      app.log.debug(told, 'client left')
    else if (cause !== undefined) app.log.error({ err: cause, ...told }, error.code)
    sendProblem(exchange.outgoing, error, exchange.requestId)
  }
}

/** Everything before the handler. The body is read only from those who may send it. */
async function admit(
  app: App,
  { op, handler }: { readonly op: Operation; readonly handler: AnyHandler },
  exchange: Exchange,
): Promise<Request> {
  const { incoming } = exchange
  const now = app.now()
  const origin = originOf(incoming, app.config)
  const credential = credentialOf(incoming, origin)
  if (op.method !== 'GET' && credential.kind !== 'token')
    refuseForeignOrigin(
      incoming,
      origin,
      credential.kind === 'cookie' && op.may !== 'public' ? 'cookie' : 'nobody',
    )
  const path = projectIdOf(op, exchange.params)
  const known =
    op.may === 'public'
      ? undefined
      : await callerOf(app, credential, { now, projectId: path.projectId })
  if (op.may !== 'public' && !known) throw authRequired()
  if (path.garbled) throw noProject()
  const caller = known?.caller
  const access = await authorise(app, op, { ...path, caller, membership: known?.membership })
  const input = await readInput(op, exchange)
  return { ...exchange, app, op, handler, now, origin, caller, access, input }
}

/** The project in the path; told of only to those who are known. */
function projectIdOf(
  op: Operation,
  params: Exchange['params'],
): { readonly projectId: string | undefined; readonly garbled: boolean } {
  const shape = op.params.shape['projectId']
  if (!shape || params['projectId'] === undefined) return { projectId: undefined, garbled: false }
  const read = z.safeDecode(shape as z.ZodType, params['projectId'])
  return read.success
    ? { projectId: read.data as string, garbled: false }
    : { projectId: undefined, garbled: true }
}

async function readInput(op: Operation, { incoming, params, search }: Exchange): Promise<Input> {
  const problems: Problem[] = []
  const read = (schema: z.ZodType, value: unknown, where: string): unknown => {
    const decoded = z.safeDecode(schema, value)
    if (decoded.success) return decoded.data
    problems.push(
      ...decoded.error.issues.slice(0, 50).map((issue) => ({
        path: [where, ...issue.path].map(String).join('.'),
        message: issue.message,
      })),
    )
    return undefined
  }
  const inUrl = { ...Object.fromEntries(search) }
  for (const [name, text] of [...Object.entries(params), ...Object.entries(inUrl)])
    if (!isStorable(text))
      problems.push({ path: name, message: 'holds a character that cannot be used' })
  const readParams = read(op.params, params, 'params')
  const readQuery = read(op.query, inUrl, 'query')
  const takesBody = op.method !== 'GET' && op.transport === 'json'
  const rawBody = takesBody ? await readBody(incoming, bodyLimit(op.name)) : Buffer.alloc(0)
  const body = takesBody ? read(op.body, parseJson(rawBody), 'body') : {}
  if (problems.length > 0)
    throw new KasautiError('request/invalid', summary(problems), { problems })
  return { params: readParams, query: readQuery, body, rawBody }
}

const summary = (problems: readonly Problem[]): string => {
  const [first] = problems
  return first ? `${first.path}: ${first.message}` : 'The request does not fit.'
}

function answer(request: Request): Promise<void> {
  switch (request.op.transport) {
    case 'json':
      return answerJson(request)
    case 'upload':
      return answerUpload(request)
    case 'file':
      return answerFile(request)
    case 'events':
      return answerEvents(request)
  }
}

type Run = {
  readonly ctx: Ctx
  readonly headers: Record<string, string>
  readonly after: (() => void)[]
}

function newRun(request: Request, db: Db): Run {
  const headers: Record<string, string> = {}
  const after: (() => void)[] = []
  const nobody: Caller = { userId: '', name: '', admin: false }
  const nowhere: Access = { projectId: '', roles: [] }
  const ctx: Ctx = {
    app: request.app,
    db,
    now: request.now,
    caller: request.caller ?? nobody,
    access: request.access ?? nowhere,
    ip: ipOf(request.incoming, request.app.config),
    device: deviceOf(request.incoming),
    origin: request.origin,
    afterCommit: (run) => void after.push(run),
    setHeader: (name, value) => {
      headers[name.toLowerCase()] = value
    },
    ifMatch: request.incoming.headers['if-match'],
  }
  return { ctx, headers, after }
}

const call = (request: Request, run: Run, more?: object): Promise<unknown> =>
  request.handler(run.ctx, { ...request.input, rawBody: undefined, ...more } as never)

const encoded = (request: Request, run: Run, value: unknown): JsonAnswer => ({
  status: 200,
  headers: run.headers,
  body: JSON.stringify(z.encode(request.op.output, value as never)),
})

function finished(request: Request, run: Run): void {
  for (const act of run.after) {
    try {
      act()
    } catch (err) {
      request.app.log.error({ err, operation: request.op.name }, 'after commit')
    }
  }
}

async function answerJson(request: Request): Promise<void> {
  const { app, op, handler, incoming, outgoing } = request
  if (op.method === 'GET' || hasOwnTransaction(handler)) {
    const run = newRun(request, app.db)
    const done = encoded(request, run, await call(request, run))
    finished(request, run)
    await sendJson(incoming, outgoing, done)
    return
  }
  await sendJson(incoming, outgoing, await mutate(request))
}

async function mutate(request: Request): Promise<JsonAnswer> {
  const key = idempotencyKey(request)
  for (let attempt = 1; ; attempt++) {
    try {
      return await gateOf(request.app).through(() => inTransaction(request, key))
    } catch (thrown) {
      // Whatever failed, it may have failed because the same call was already done, the key taken.
      const before = key === undefined ? undefined : await storedAnswer(request, key)
      if (before) return before
      if (!(mayRunAgain(thrown) && attempt < runAgainAtMost)) throw thrown
    }
  }
}

async function inTransaction(request: Request, key: string | undefined): Promise<JsonAnswer> {
  const { app, op } = request
  const { run, done } = await app.db.transaction().execute(async (db) => {
    const run = newRun(request, db)
    const done = encoded(request, run, await call(request, run))
    if (key !== undefined && request.caller) {
      const kept = op.repeat === 'stored' ? done.body : ''
      const { 'set-cookie': _secret, ...headers } = run.headers
      await storeAnswer(db, {
        userId: request.caller.userId,
        key,
        operation: op.name,
        requestHash: hashOf(request),
        status: done.status,
        response: JSON.stringify({ headers, body: kept }),
        now: request.now,
      })
    }
    return { run, done }
  })
  finished(request, run)
  return done
}

function idempotencyKey(request: Request): string | undefined {
  const key = request.incoming.headers['idempotency-key']
  if (key === undefined || request.op.repeat === 'safe' || !request.caller) return undefined
  if (typeof key !== 'string' || !/^[!-~]{1,200}$/.test(key))
    throw new KasautiError('request/invalid', 'Idempotency-Key: 1 to 200 visible ASCII characters.')
  return key
}

const hashOf = (request: Request): Buffer =>
  createHash('sha256')
    .update(`${request.op.name}\n${JSON.stringify([request.params, [...request.search]])}\n`)
    .update(request.input.rawBody)
    .digest()

async function storedAnswer(request: Request, key: string): Promise<JsonAnswer | undefined> {
  if (!request.caller) return undefined
  const stored = await findStoredAnswer(request.app.db, request.caller.userId, key)
  if (!stored) return undefined
  if (!stored.request_hash.equals(hashOf(request)))
    throw new KasautiError('request/idempotency-conflict', 'This key was used for another request.')
  if (request.op.repeat === 'once')
    throw new KasautiError(
      'request/idempotency-conflict',
      'This was done already; its secret is shown once.',
    )
  return {
    status: stored.status,
    headers: { ...stored.response.headers, 'idempotency-replayed': 'true' },
    body: stored.response.body,
  }
}

async function answerUpload(request: Request): Promise<void> {
  const run = newRun(request, request.app.db)
  const done = encoded(request, run, await call(request, run, { stream: request.incoming }))
  finished(request, run)
  await sendJson(request.incoming, request.outgoing, done)
}

async function answerFile(request: Request): Promise<void> {
  const run = newRun(request, request.app.db)
  const file = (await call(request, run)) as FileAnswer
  for (const [name, value] of Object.entries(run.headers)) request.outgoing.setHeader(name, value)
  await sendFile(request.incoming, request.outgoing, file)
}

async function answerEvents(request: Request): Promise<void> {
  if (request.incoming.method === 'HEAD') {
    request.outgoing.end()
    return
  }
  const run = newRun(request, request.app.db)
  const last = request.incoming.headers['last-event-id']
  const lastEventId = typeof last === 'string' && last !== '' ? last : undefined
  keepStream(request.app, request.outgoing)
  await call(request, run, { response: request.outgoing, lastEventId })
}
