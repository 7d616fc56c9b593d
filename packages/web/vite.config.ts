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

const api = process.env['KASAUTI_DEV_API'] ?? 'http://127.0.0.1:8090'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [contractRoutes(), react()],
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
