/** Builds the web app for production, as the first start does. */
import { buildWeb, webDir } from '../packages/cli/src/web-build.ts'

await buildWeb()
process.stdout.write(`The web app is in ${webDir}.\n`)
