export { HolidaysScreen } from './HolidaysScreen.tsx'
