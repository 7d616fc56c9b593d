export { answerGold, type GoldWork } from './answer.ts'
export {
  blindMember,
  type GoldSettingsValue,
  goldSettings,
  hiddenGold,
  meetsGold,
} from './blind.ts'
export { correctGold, type GoldChange } from './correct.ts'
export { drawGold, type GoldDraw, injectGold } from './draw.ts'
export { countUnmet, type PickedGold } from './draw-storage.ts'
export { drawQuestions } from './questions.ts'
export { routes } from './routes.ts'
