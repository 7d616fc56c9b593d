/**
 * Opens the page without a network: its own files, kept as they were built together. Answers of the API
 * are never touched, so nothing of anybody's work lies here. The build fills in the two names below.
 */
const version = '__KASAUTI_VERSION__'
const files = __KASAUTI_FILES__

const prefix = 'kasauti-files-'
const own = prefix + version
const shell = '/'
/** A server that does not answer a visit so long: the kept page is shown. */
const patienceMs = 4000

self.addEventListener('install', (event) => {
  event.waitUntil(keepFiles())
})
self.addEventListener('activate', (event) => {
  event.waitUntil(dropOld().then(() => self.clients.claim()))
})
self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (url.pathname === '/api' || url.pathname.startsWith('/api/')) return
  if (request.mode === 'navigate') event.respondWith(openPage(request))
  else if (files.includes(url.pathname)) event.respondWith(openFile(request))
})

async function keepFiles() {
  const cache = await caches.open(own)
  // The page and its files of one build: a page of another build would ask for files that are not here.
  const page = await fetch(shell, {
    mode: 'same-origin',
    cache: 'no-store',
    headers: { accept: 'text/html' },
  })
  if (!page.ok) throw new Error('no page')
  await cache.addAll(files)
  await cache.put(shell, page)
  await self.skipWaiting()
}

/** The files before these stay: a page that was open through the change may still load parts of them. */
async function dropOld() {
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== own)
  await Promise.all(names.slice(0, -1).map((name) => caches.delete(name)))
}

async function openPage(request) {
  const late = new Promise((resolve) => setTimeout(resolve, patienceMs))
  const answer = await Promise.race([fetch(request).catch(() => undefined), late])
  // 502 to 504: a proxy whose server is gone.
  if (answer && ![502, 503, 504].includes(answer.status)) return answer
  const kept = await caches.open(own).then((cache) => cache.match(shell))
  return kept ?? answer ?? fetch(request)
}

async function openFile(request) {
  const kept = await caches.match(request, { ignoreVary: true })
  return kept ?? fetch(request)
}
