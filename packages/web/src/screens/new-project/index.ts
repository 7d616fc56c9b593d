export { NewProjectScreen } from './NewProjectScreen.tsx'
