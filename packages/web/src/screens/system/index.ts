export { SystemScreen } from './SystemScreen.tsx'
