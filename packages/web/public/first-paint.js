// Before the first paint: the theme and language this device used last, so that nothing flashes.
;(() => {
  const root = document.documentElement
  const kept = (key) => {
    try {
      return localStorage.getItem(key)
    } catch {
      return null
    }
  }
  const theme = kept('kasauti.theme') ?? 'auto'
  const dark =
    theme === 'dark' || (theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
  const locale = kept('kasauti.locale')
  if (locale === 'hi' || locale === 'en') root.lang = locale
  if (kept('kasauti.density') === 'dense') root.dataset.density = 'dense'
})()
