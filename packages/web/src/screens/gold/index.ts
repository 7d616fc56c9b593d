export { GoldItemScreen } from './GoldItemScreen.tsx'
export { GoldScreen } from './GoldScreen.tsx'
