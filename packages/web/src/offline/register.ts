/**
 * Keeps the page's files on this device, where the browser can (https, or the machine itself). A failure
 * only means that a reload needs the network, as before.
 */
export function keepPageForOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  window.addEventListener('load', () => {
    navigator.serviceWorker.register('/service-worker.js').catch(() => undefined)
  })
}
