import { freshForecasts } from './sweep.ts'

export { routes } from './routes.ts'
export const sweeps = [freshForecasts]
