export { TimeScreen } from './TimeScreen.tsx'
