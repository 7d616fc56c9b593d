/** Something to show in the preview when the project has no items yet. Our own writing. */
import { candidateOrders, presentInputs, readInputs, type TaskSchema } from '@kasauti/catalog'

const text = {
  text: 'The shop at the corner closes at nine. कल दुकान सुबह आठ बजे ही खुल गई थी, क्योंकि त्योहार की भीड़ थी।',
}
const conversation = {
  messages: [
    { role: 'user', content: 'My parcel says “delivered”, but nothing came. मैं क्या करूँ?' },
    {
      role: 'assistant',
      content:
        'I am sorry about that. First look with the neighbours and the guard. If it is not there, report it within **48 hours**.',
    },
    { role: 'user', content: 'Nobody has it. Please write a short complaint in Hindi.' },
    {
      role: 'assistant',
      content: 'महोदय, मेरा पार्सल “वितरित” दिखाया गया है, पर मुझे नहीं मिला। कृपया जाँच करके बताएँ।',
    },
  ],
}
const candidates = {
  messages: [{ role: 'user', content: 'How do I keep coriander fresh? धनिया जल्दी सूख जाता है।' }],
  candidates: [
    {
      model: 'first',
      text: 'Wrap it in a **damp cloth** and keep it in a closed box in the fridge.\n\n1. Cut the ends.\n2. Do not wash it first.',
    },
    { model: 'second', text: 'धनिये को पानी से भरे गिलास में रखें और ऊपर से ढक दें। हर दो दिन में पानी बदलें।' },
    {
      model: 'third',
      text: 'Freeze it, chopped, in ice cubes with a little oil. It keeps for months and is good for cooking.',
    },
  ],
}

/** How many candidates a schema's fields compare: 2 for pairs, 3 for rankings, 0 for none. */
function wanted(schema: TaskSchema, input: string): number {
  const own = schema.fields.filter((f) => f.config['input'] === input)
  if (own.some((f) => f.kind === 'ranking') && !own.some((f) => f.kind === 'pairwise')) return 3
  return own.some((f) => f.kind === 'pairwise') ? 2 : 0
}

function sampleOf(schema: TaskSchema, spec: TaskSchema['inputs'][number]): unknown {
  if (spec.kind !== 'conversation') return text
  const n = wanted(schema, spec.id)
  return n === 0 ? conversation : { ...candidates, candidates: candidates.candidates.slice(0, n) }
}

/** Canonical inputs as the page would get them: blind, in a shown order. `undefined` if they do not fit the schema. */
export function presented(
  schema: TaskSchema,
  raw: unknown,
): Readonly<Record<string, unknown>> | undefined {
  const read = readInputs(schema, raw)
  if (!read.ok) return undefined
  return presentInputs(
    schema,
    read.value,
    candidateOrders(schema, read.value, { seed: 7, ordinal: 1, nth: 0 }),
  )
}

export const builtInSample = (schema: TaskSchema): Readonly<Record<string, unknown>> | undefined =>
  presented(
    schema,
    Object.fromEntries(schema.inputs.map((spec) => [spec.id, sampleOf(schema, spec)])),
  )
