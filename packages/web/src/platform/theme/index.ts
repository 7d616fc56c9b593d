export {
  colorSchemeManager,
  type Density,
  density,
  keepTheme,
  setDensity,
  type ThemeChoice,
} from './preferences.ts'
export { cssVariables, theme } from './theme.ts'
