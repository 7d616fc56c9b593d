export { AppealsScreen } from './AppealsScreen.tsx'
