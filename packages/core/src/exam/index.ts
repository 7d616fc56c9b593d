/** An entry exam: questions one by one until it is clear enough whether to grant or to refuse. */

/** Grant at a share right of `p1`, refuse at `p0`; wrongly granted at `p0` with `alpha`, wrongly refused at `p1` with `beta`. */
export type ExamRule = {
  readonly p0: number
  readonly p1: number
  readonly alpha: number
  readonly beta: number
  /** The exam ends here whatever is known: the nearer bound decides. */
  readonly maxItems: number
}
export const examRule: ExamRule = { p0: 0.8, p1: 0.92, alpha: 0.05, beta: 0.05, maxItems: 60 }

export type ExamScore = { readonly correct: number; readonly wrong: number }
export type ExamDecision = 'go-on' | 'grant' | 'refuse'

/**
 * Bounds of the log-likelihood ratio (Wald 1945, "Sequential tests of statistical hypotheses"): grant
 * at or above `grant`, refuse at or below `refuse`.
 */
export const examBounds = (
  rule: ExamRule,
): { readonly grant: number; readonly refuse: number } => ({
  grant: Math.log((1 - rule.beta) / rule.alpha),
  refuse: Math.log(rule.beta / (1 - rule.alpha)),
})

/** ln of how much likelier the answers are of somebody at `p1` than of somebody at `p0`. */
export const examEvidence = (rule: ExamRule, s: ExamScore): number =>
  s.correct * Math.log(rule.p1 / rule.p0) + s.wrong * Math.log((1 - rule.p1) / (1 - rule.p0))

export function examDecision(rule: ExamRule, s: ExamScore): ExamDecision {
  const bounds = examBounds(rule)
  const evidence = examEvidence(rule, s)
  if (evidence >= bounds.grant) return 'grant'
  if (evidence <= bounds.refuse) return 'refuse'
  if (s.correct + s.wrong < rule.maxItems) return 'go-on'
  return bounds.grant - evidence < evidence - bounds.refuse ? 'grant' : 'refuse'
}

/** What an exam does to somebody who is right with probability `p`. */
export type ExamOutlook = {
  /** Probability that the certificate is granted: the operating characteristic at `p`. */
  readonly granted: number
  /** Questions asked: on average, and the number that half of the people need no more than. */
  readonly meanItems: number
  readonly medianItems: number
}

/**
 * Exact, with the end after `maxItems`: the probabilities of all undecided scores are carried from
 * question to question. Work grows with the square of `maxItems`.
 */
export function examOutlook(rule: ExamRule, p: number): ExamOutlook {
  // undecided[w]: probability to be here with w wrong answers and no decision
  let undecided: number[] = [1]
  let granted = 0
  let meanItems = 0
  let decided = 0
  let medianItems = rule.maxItems
  for (let n = 1; n <= rule.maxItems; n++) {
    const next: number[] = []
    for (const [wrong, chance] of undecided.entries()) {
      next[wrong] = (next[wrong] ?? 0) + chance * p
      next[wrong + 1] = chance * (1 - p)
    }
    for (const [wrong, chance] of next.entries()) {
      const decision = examDecision(rule, { correct: n - wrong, wrong })
      if (decision === 'go-on') continue
      if (decision === 'grant') granted += chance
      meanItems += n * chance
      decided += chance
      next[wrong] = 0
    }
    if (decided >= 0.5) medianItems = Math.min(medianItems, n)
    undecided = next
  }
  return { granted, meanItems, medianItems }
}

/**
 * Wald's approximations for an exam without an end: the expected number of questions and the chance of
 * a certificate at `p0` or `p1` (Wald 1945, formulas 4.8 and 3.43). They leave out by how much the last
 * answer overshoots a bound, so that the exact numbers of `examOutlook` are somewhat larger.
 */
export function waldItems(rule: ExamRule, at: 'p0' | 'p1'): number {
  const bounds = examBounds(rule)
  const p = rule[at]
  const granted = at === 'p0' ? rule.alpha : 1 - rule.beta
  const step = p * Math.log(rule.p1 / rule.p0) + (1 - p) * Math.log((1 - rule.p1) / (1 - rule.p0))
  return (granted * bounds.grant + (1 - granted) * bounds.refuse) / step
}

/** The fewest questions a certificate takes: all right. */
export const fewestItems = (rule: ExamRule): number =>
  Math.min(rule.maxItems, Math.ceil(examBounds(rule).grant / Math.log(rule.p1 / rule.p0)))
