import './platform/theme/tokens.css'
import './styles.css'
import './platform/theme/base.css'
import './frame/frame.css'
import './screens/screens.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { NotAllowed } from './frame/index.ts'
import { keepPageForOffline } from './offline/index.ts'
import { ApiError, queryClient } from './platform/api/index.ts'
import { firstLocale, showLocale } from './platform/i18n/index.ts'
import { listenForKeys } from './platform/keys/index.ts'
import { colorSchemeManager, cssVariables, theme } from './platform/theme/index.ts'
import { router } from './routes.tsx'

const nonce = document.querySelector('meta[name=csp-nonce]')?.getAttribute('content') ?? ''
// Read by the scroll lock of dialogs, which writes its own style element.
Object.assign(globalThis, { __webpack_nonce__: nonce })

function Root() {
  return (
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        colorSchemeManager={colorSchemeManager}
        defaultColorScheme="auto"
        getStyleNonce={() => nonce}
      >
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
          <Notifications position="bottom-center" limit={4} containerWidth={420} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>
  )
}

async function start(): Promise<void> {
  await showLocale(firstLocale())
  listenForKeys()
  const place = document.getElementById('root')
  if (!place) return
  const root = createRoot(place, {
    // A refusal has its own page; only what nobody expected belongs in the console.
    onCaughtError: (error) => {
      if (!(error instanceof NotAllowed || error instanceof ApiError)) reportError(error)
    },
  })
  root.render(<Root />)
}
void start()
keepPageForOffline()
