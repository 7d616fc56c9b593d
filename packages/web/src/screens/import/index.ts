export { ImportRunScreen } from './ImportRunScreen.tsx'
export { ImportScreen } from './ImportScreen.tsx'
