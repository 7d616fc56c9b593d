import { routes } from 'virtual:kasauti-routes'
import { createClient } from '@kasauti/contract/client'

/** The API of the server this page came from, signed in by its cookie. */
export const client = createClient({ routes })
