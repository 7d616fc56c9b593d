import type { MantineColorSchemeManager } from '@mantine/core'

export type ThemeChoice = 'light' | 'dark' | 'auto'
export type Density = 'calm' | 'dense'

/** Remember the theme on this device, for the first paint of the next visit. */
export function keepTheme(theme: ThemeChoice): void {
  keep('kasauti.theme', theme)
}

/** How tightly tables are set, on this device. */
export const density = (): Density =>
  document.documentElement.dataset['density'] === 'dense' ? 'dense' : 'calm'

export function setDensity(next: Density): void {
  if (next === 'dense') document.documentElement.dataset['density'] = 'dense'
  else delete document.documentElement.dataset['density']
  keep('kasauti.density', next)
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // A page without storage still works; it only forgets.
  }
}

/** Where the widget kit keeps its theme: in our key, which the first-paint script reads too. */
export const colorSchemeManager: MantineColorSchemeManager = {
  get: (fallback) => {
    try {
      const kept = localStorage.getItem('kasauti.theme')
      return kept === 'light' || kept === 'dark' || kept === 'auto' ? kept : fallback
    } catch {
      return fallback
    }
  },
  set: (scheme) => keep('kasauti.theme', scheme),
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
}
