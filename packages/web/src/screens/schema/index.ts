export { SchemaScreen } from './SchemaScreen.tsx'
