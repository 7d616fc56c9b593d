export { MySkillsScreen } from './MySkillsScreen.tsx'
export { SkillsScreen } from './SkillsScreen.tsx'
