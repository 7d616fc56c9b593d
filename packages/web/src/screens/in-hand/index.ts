export { InHandScreen } from './InHandScreen.tsx'
