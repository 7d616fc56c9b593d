export { ItemScreen } from './ItemScreen.tsx'
