/** Answers that never end by themselves: they are ended when the server stops. */
import type { ServerResponse } from 'node:http'
import type { App } from '../app.ts'

const open = new WeakMap<App, Set<ServerResponse>>()

export function keepStream(app: App, response: ServerResponse): void {
  const streams = open.get(app) ?? new Set()
  open.set(app, streams.add(response))
  response.once('close', () => streams.delete(response))
}

export function endStreams(app: App): void {
  for (const response of open.get(app) ?? []) response.end()
}
