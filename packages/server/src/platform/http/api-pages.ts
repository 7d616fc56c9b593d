/** `/api/openapi.json` and the pages that show it. */
import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { openApi } from '@kasauti/contract'
import { pagePolicy } from './headers.ts'
import { listFiles, type StaticFile, sendStaticFile } from './static-file.ts'
import type { Serve } from './web-app.ts'

const swaggerFiles = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']

const page = (nonce: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="csp-nonce" content="${nonce}">
<title>Kasauti API</title>
<link rel="icon" href="/api/docs/favicon-32x32.png">
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
</head>
<body>
<div id="api"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
`

const start = `window.SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'list',
  validatorUrl: null,
  queryConfigEnabled: false,
  defaultModelsExpandDepth: -1,
})
`

export function apiPages(): Serve {
  const swaggerDir = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  const files = swaggerDescription(swaggerDir)
  let description: Buffer | undefined
  return async (incoming, outgoing) => {
    if (incoming.method !== 'GET' && incoming.method !== 'HEAD') return false
    const path = (incoming.url ?? '').split(/[?#]/, 1)[0] ?? ''
    if (path === '/api/openapi.json') {
      description ??= Buffer.from(JSON.stringify(openApi(), null, 1))
      send(outgoing, 'application/json; charset=utf-8', description)
      return true
    }
    if (path === '/api/docs/start.js') {
      send(outgoing, 'text/javascript; charset=utf-8', Buffer.from(start))
      return true
    }
    if (path === '/api/docs') {
      const nonce = randomBytes(18).toString('base64url')
      outgoing.setHeader('Content-Security-Policy', pagePolicy(nonce))
      send(outgoing, 'text/html; charset=utf-8', Buffer.from(page(nonce)))
      return true
    }
    const file = files.get(path)
    if (!file) return false
    await sendStaticFile(incoming, outgoing, file)
    return true
  }
}

function swaggerDescription(dir: string): ReadonlyMap<string, StaticFile> {
  const all = listFiles(dir)
  const served = new Map<string, StaticFile>()
  for (const name of swaggerFiles) {
    const file = all.get(`/${name}`)
    if (!file) throw new Error(`swagger-ui-dist lacks ${join(dir, name)}`)
    served.set(`/api/docs/${name}`, file)
  }
  return served
}

function send(outgoing: ServerResponse, mediaType: string, body: Buffer): void {
  outgoing.statusCode = 200
  outgoing.setHeader('Content-Type', mediaType)
  outgoing.setHeader('Cache-Control', 'no-cache')
  outgoing.setHeader('Content-Length', body.length)
  outgoing.end(body)
}
