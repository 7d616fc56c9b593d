export { MyGoldScreen } from './MyGoldScreen.tsx'
