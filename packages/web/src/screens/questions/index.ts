export { Problems } from './Problems.tsx'
export { SittingScreen } from './SittingScreen.tsx'
export { TrainingScreen } from './TrainingScreen.tsx'
