import { Bench } from './Bench.tsx'

/** Label the next items of a project. */
export const WorkbenchScreen = () => <Bench key="annotate" stage="annotate" />
/** Review what others labelled: the same bench, their answers in the editors. */
export const ReviewScreen = () => <Bench key="review" stage="review" />
