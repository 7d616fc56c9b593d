import { contract } from '@kasauti/contract'
import type { ClientRoutes } from '@kasauti/contract/client'

/**
 * What the client must know of each operation. When the page is built or served, vite.config.ts puts
 * the plain routes in place of this module, so that the page carries neither zod nor the contract.
 */
export const routes: ClientRoutes = contract
