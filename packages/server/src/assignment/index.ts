export { routes } from './routes.ts'
export { releaseAll, releaseEverywhere } from './take-back.ts'
