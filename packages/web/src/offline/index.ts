export { keepPageForOffline } from './register.ts'
