export { Marks } from './AnnotationCard.tsx'
export { answerAt, placesOf, sameAnswer, titleOf } from './answer-lines.ts'
export { Inputs } from './Inputs.tsx'
export { ItemScreen } from './ItemScreen.tsx'
