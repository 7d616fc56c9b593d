export { PasswordScreen } from './PasswordScreen.tsx'
