import { contract } from '@kasauti/contract'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/**
 * What the page's client must know of each operation, made from the contract at build time: the
 * first page would otherwise carry zod and every schema of the contract.
 */
function contractRoutes(): Plugin {
  const id = 'virtual:kasauti-routes'
  const routes = Object.fromEntries(
    Object.entries(contract).map(([name, { method, path, transport }]) => [
      name,
      { method, path, transport },
    ]),
  )
  return {
    name: 'kasauti-routes',
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    load: (source) =>
      source === `\0${id}` ? `export const routes = ${JSON.stringify(routes)}` : undefined,
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
