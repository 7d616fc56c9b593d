/// <reference types="vite/client" />

declare module 'virtual:kasauti-routes' {
  export const routes: import('@kasauti/contract/client').ClientRoutes
}
