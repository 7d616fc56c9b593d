import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { contract } from '@kasauti/contract'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Puts plain routes in place of the contract: see src/platform/api/routes.ts. */
function contractRoutes(): Plugin {
  const routes = Object.fromEntries(
    Object.entries(contract).map(([name, { method, path, transport }]) => [
      name,
      { method, path, transport },
    ]),
  )
  return {
    name: 'kasauti-routes',
    enforce: 'pre',
    load: (id) =>
      id.endsWith('/platform/api/routes.ts')
        ? `export const routes = ${JSON.stringify(routes)}`
        : undefined,
  }
}

/** Writes the service worker with the list of what was built, under a version that changes with it. */
function serviceWorker(): Plugin {
  return {
    name: 'kasauti-service-worker',
    apply: 'build',
    generateBundle(_, bundle) {
      const built = Object.keys(bundle).filter((f) => /\.(?:js|css|woff2|svg|wasm)$/.test(f))
      const files = [...built, 'favicon.svg', 'first-paint.js'].map((f) => `/${f}`).sort()
      const source = readFileSync(
        join(import.meta.dirname, 'src/offline/service-worker.js'),
        'utf8',
      )
      const firstPaint = readFileSync(join(import.meta.dirname, 'public/first-paint.js'))
      const page = bundle['index.html']
      const version = createHash('sha256')
        .update(JSON.stringify(files))
        .update(firstPaint)
        .update(page?.type === 'asset' ? page.source : '')
        .update(source)
        .digest('hex')
        .slice(0, 16)
      this.emitFile({
        type: 'asset',
        fileName: 'service-worker.js',
        source: source
          .replace('__KASAUTI_VERSION__', version)
          .replace('__KASAUTI_FILES__', JSON.stringify(files)),
      })
    },
  }
}

const api = process.env['KASAUTI_DEV_API'] ?? 'http://127.0.0.1:8090'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [contractRoutes(), react(), serviceWorker()],
  server: { proxy: { '/api': { target: api, changeOrigin: false } } },
  build: {
    target: 'es2024',
    outDir: 'dist',
    // A font or picture inlined as data: would be parsed with the style sheet before anything shows.
    assetsInlineLimit: 0,
    manifest: true,
    sourcemap: false,
    rolldownOptions: { treeshake: { manualPureFunctions: ['z'] } },
  },
})
