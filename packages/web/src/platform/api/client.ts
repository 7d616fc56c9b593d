import { createClient } from '@kasauti/contract/client'
import { routes } from './routes.ts'

/** The API of the server this page came from, signed in by its cookie. */
export const client = createClient({ routes })
