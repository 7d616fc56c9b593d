/** Where the boxes of a workflow stand and which ways lead from one to another. Pure. */
import { type StageKind, stageIn, type Workflow } from './draft.ts'

export const box = { widthPx: 156, heightPx: 124, gapPx: 68, topPx: 72 } as const
const depthsPx = { near: 34, far: 88 } as const
/** How far a way past a stage runs above the boxes. */
const abovePx = 28

type Node = StageKind | 'done'
type Box = { readonly node: Node; readonly xPx: number }
/** Ends the key of its text, `workflow.way.<why>`. */
type Why =
  | 'past-review'
  | 'past-adjudicate'
  | 'past-audit'
  | 'returned-author'
  | 'returned-another'
  | 'returned-often'
  | 'failed-author'
  | 'failed-adjudicate'
export type Way = {
  readonly why: Why
  readonly from: Node
  readonly to: Node
  /** Above the boxes, or below: returns of the review nearer, those of the audit farther. */
  readonly runs: 'above' | 'near' | 'far'
}
export type Picture = {
  readonly boxes: readonly Box[]
  readonly ways: readonly Way[]
  readonly widthPx: number
  readonly heightPx: number
}

const nodesOf = (workflow: Workflow): readonly Node[] => [
  ...workflow.stages.map((s) => s.kind),
  'done',
]

/** Whether something can go past a stage. */
function passable(workflow: Workflow, kind: StageKind): boolean {
  const stage = workflow.stages.find((s) => s.kind === kind)
  switch (stage?.kind) {
    case 'review':
    case 'audit':
      return (
        stage.sampling.kind === 'adaptive' ||
        (stage.sampling.kind === 'share' && stage.sampling.share < 1)
      )
    case 'adjudicate':
      return stage.when.kind === 'disagreement'
    default:
      return false
  }
}

function waysPast(workflow: Workflow): readonly Way[] {
  const nodes = nodesOf(workflow)
  return (['review', 'adjudicate', 'audit'] as const).flatMap((kind): Way[] => {
    const at = nodes.indexOf(kind)
    const [from, to] = [nodes[at - 1], nodes[at + 1]]
    if (at < 1 || from === undefined || to === undefined || !passable(workflow, kind)) return []
    return [{ why: `past-${kind}`, from, to, runs: 'above' }]
  })
}

function waysBack(workflow: Workflow): readonly Way[] {
  const review = stageIn(workflow, 'review')
  const audit = stageIn(workflow, 'audit')
  const decides = stageIn(workflow, 'adjudicate') !== undefined
  const ways: Way[] = []
  if (review) {
    ways.push({
      why: `returned-${review.onReturn}`,
      from: 'review',
      to: 'annotate',
      runs: 'near',
    })
    if (decides)
      ways.push({ why: 'returned-often', from: 'review', to: 'adjudicate', runs: 'near' })
  }
  if (audit?.onFail === 'adjudicate' && decides)
    ways.push({ why: 'failed-adjudicate', from: 'audit', to: 'adjudicate', runs: 'near' })
  else if (audit)
    ways.push({
      why: 'failed-author',
      from: 'audit',
      to: 'annotate',
      runs: ways.length > 0 ? 'far' : 'near',
    })
  return ways
}

/** The picture of a workflow: boxes from left to right, ways past stages above, ways back below. */
export function pictureOf(workflow: Workflow): Picture {
  const step = box.widthPx + box.gapPx
  const boxes = nodesOf(workflow).map((node, i) => ({ node, xPx: i * step }))
  const ways = [...waysPast(workflow), ...waysBack(workflow)]
  const below = ways.some((w) => w.runs === 'far')
    ? depthsPx.far + 42
    : ways.some((w) => w.runs === 'near')
      ? depthsPx.near + 42
      : 8
  return {
    boxes,
    ways,
    widthPx: boxes.length * step - box.gapPx,
    heightPx: box.topPx + box.heightPx + below,
  }
}

const cornerPx = 9
const centre = (picture: Picture, node: Node): number =>
  (picture.boxes.find((b) => b.node === node)?.xPx ?? 0) + box.widthPx / 2

/** Where a way leaves and enters, so that ways of one box stand apart. */
function endsOf(picture: Picture, way: Way): { readonly x1: number; readonly x2: number } {
  const half = box.widthPx / 2
  const [from, to] = [centre(picture, way.from), centre(picture, way.to)]
  if (way.runs === 'above') return { x1: from + half - 22, x2: to - half + 22 }
  const aside = way.runs === 'far' ? -40 : 0
  return from > to ? { x1: from - 26, x2: to + 26 + aside } : { x1: from + 26, x2: to - 26 }
}

/** An SVG path with round corners, ending at its box. */
export function pathOf(picture: Picture, way: Way): string {
  const { x1, x2 } = endsOf(picture, way)
  const [edge, turn] =
    way.runs === 'above'
      ? [box.topPx, box.topPx - abovePx]
      : [box.topPx + box.heightPx, box.topPx + box.heightPx + depthsPx[way.runs]]
  const v = turn < edge ? 1 : -1
  const h = x2 > x1 ? 1 : -1
  return [
    `M${x1} ${edge}`,
    `V${turn + v * cornerPx}`,
    `Q${x1} ${turn} ${x1 + h * cornerPx} ${turn}`,
    `H${x2 - h * cornerPx}`,
    `Q${x2} ${turn} ${x2} ${turn + v * cornerPx}`,
    `V${edge - (turn < edge ? 7 : -7)}`,
  ].join(' ')
}

/** The middle of a way's text, and its edge towards the way: the lower one above the boxes, else the upper. */
export function labelOf(
  picture: Picture,
  way: Way,
): { readonly xPx: number; readonly yPx: number } {
  const { x1, x2 } = endsOf(picture, way)
  const xPx = (x1 + x2) / 2
  return way.runs === 'above'
    ? { xPx, yPx: box.topPx - abovePx - 4 }
    : { xPx, yPx: box.topPx + box.heightPx + depthsPx[way.runs] + 4 }
}
