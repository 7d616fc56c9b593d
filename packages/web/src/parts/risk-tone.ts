/** The colour of a batch's risk, as a class of `tag`. */
export const riskTone = {
  late: 'bad',
  'at-risk': 'warn',
  unknown: '',
  'on-time': 'good',
  done: 'good',
} as const
