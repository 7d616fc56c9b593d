export { AdminPeopleScreen } from './AdminPeopleScreen.tsx'
