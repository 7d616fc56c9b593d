export { routes } from './routes.ts'
export { endSitting, judgeSitting, redecideSitting, sittingOf } from './sitting.ts'
