import { Menu } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import { useI18n } from '../../platform/i18n/index.ts'
import {
  type Fault,
  missingBetween,
  type StageKind,
  type Standing,
  stageIn,
  type Workflow,
} from './draft.ts'
import { box, type Picture as Drawn, labelOf, pathOf, pictureOf, type Way } from './picture.ts'
import { type Say, stageLines } from './words.ts'

type Props = {
  readonly workflow: Workflow
  readonly standing: Standing
  readonly faults: readonly Fault[]
  readonly chosen: StageKind | undefined
  readonly may: 'edit' | 'look'
  readonly say: Say
  readonly onChoose: (kind: StageKind) => void
  readonly onAdd: (kind: StageKind) => void
  readonly onRemove: (kind: StageKind) => void
}

/** Values for the texts on the ways. */
function wayValues(workflow: Workflow, percent: (share: number) => string) {
  const [review, adjudicate, audit] = [
    stageIn(workflow, 'review'),
    stageIn(workflow, 'adjudicate'),
    stageIn(workflow, 'audit'),
  ]
  const rest = (stage: typeof review | typeof audit): string => {
    if (stage?.sampling.kind === 'share') return percent(1 - stage.sampling.share)
    return stage?.sampling.kind === 'adaptive'
      ? `${percent(1 - stage.sampling.most)} – ${percent(1 - stage.sampling.least)}`
      : ''
  }
  const below = adjudicate?.when.kind === 'disagreement' ? percent(adjudicate.when.below) : ''
  return (way: Way) => ({
    share: way.why === 'past-audit' ? rest(audit) : rest(review),
    below,
    count: review?.returnsAtMost ?? 0,
  })
}

function Arrows({ picture }: { readonly picture: Drawn }) {
  const mid = box.topPx + box.heightPx / 2
  return (
    <svg
      className="wf-arrows"
      width={picture.widthPx}
      height={picture.heightPx}
      aria-hidden="true"
      focusable="false"
    >
      <defs>
        {['wf-head', 'wf-head-back'].map((id) => (
          <marker
            key={id}
            id={id}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            orient="auto-start-reverse"
          >
            <path d="M0 0 8 4 0 8Z" />
          </marker>
        ))}
      </defs>
      {picture.boxes.slice(1).map((b) => (
        <path
          key={b.node}
          d={`M${b.xPx - box.gapPx} ${mid}H${b.xPx - 4}`}
          markerEnd="url(#wf-head)"
        />
      ))}
      {picture.ways.map((way) => (
        <path
          key={way.why}
          d={pathOf(picture, way)}
          className={way.runs === 'above' ? 'wf-past' : 'wf-back'}
          markerEnd={way.runs === 'above' ? 'url(#wf-head)' : 'url(#wf-head-back)'}
        />
      ))}
    </svg>
  )
}

function AddStage({
  kinds,
  xPx,
  onAdd,
}: {
  readonly kinds: readonly StageKind[]
  readonly xPx: number
  readonly onAdd: (kind: StageKind) => void
}) {
  const { t } = useI18n()
  return (
    <Menu withinPortal position="bottom" trapFocus returnFocus={false}>
      <Menu.Target>
        <button
          type="button"
          className="wf-add"
          data-stop
          style={{ left: xPx, top: box.topPx + box.heightPx / 2 }}
          aria-label={t('workflow.add')}
          title={t('workflow.add')}
        >
          <span aria-hidden="true">+</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {kinds.map((kind) => (
          <Menu.Item key={kind} onClick={() => onAdd(kind)}>
            <b>{t(`workflow.stage.${kind}`)}</b>
            <div className="sub small">{t(`workflow.stageHelp.${kind}`)}</div>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function StageBox({ kind, xPx, ...props }: Props & { kind: StageKind; xPx: number }) {
  const { t, format } = useI18n()
  const stage = props.workflow.stages.find((s) => s.kind === kind)
  const fault = props.faults.find((f) => f.stage === kind)
  if (!stage) return null
  const first = stageLines(props.say, stage)[0]?.text ?? ''
  return (
    <button
      type="button"
      className="wf-box"
      id={`wf-box-${kind}`}
      data-stop
      data-fault={fault?.weight}
      aria-pressed={props.chosen === kind}
      aria-describedby={fault ? `wf-fault-${kind}` : undefined}
      style={{ left: xPx, top: box.topPx, width: box.widthPx, height: box.heightPx }}
      onClick={() => props.onChoose(kind)}
    >
      <span className="wf-name">{t(`workflow.stage.${kind}`)}</span>
      <span className="wf-count">
        <b>{format.number(props.standing[kind])}</b>{' '}
        {t('workflow.itemsHere', { count: props.standing[kind] })}
      </span>
      <span className="wf-line">{first}</span>
    </button>
  )
}

/** The stages as boxes with the items standing at each, the ways between them, and places for more. */
export function Picture(props: Props) {
  const { workflow, standing, may } = props
  const { t, format } = useI18n()
  const picture = pictureOf(workflow)
  const values = wayValues(workflow, format.percent)
  const onKeyDown = (e: KeyboardEvent<HTMLDivElement>) => {
    const stops = [...e.currentTarget.querySelectorAll<HTMLElement>('[data-stop]')]
    const at = stops.indexOf(e.target as HTMLElement)
    if (at < 0) return
    if (e.key === 'Delete' || e.key === 'Backspace') {
      const kind = workflow.stages.find((s) => `wf-box-${s.kind}` === stops[at]?.id)?.kind
      if (kind && may === 'edit') props.onRemove(kind)
      return
    }
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: stops.length - 1 }[e.key]
    if (next === undefined) return
    e.preventDefault()
    stops[Math.max(0, Math.min(stops.length - 1, next))]?.focus()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend; the label is the name
    <div className="wf-frame card" role="group" aria-label={t('workflow.picture')}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows move between the buttons inside */}
      <div
        className="wf-picture"
        style={{ width: picture.widthPx, height: picture.heightPx }}
        onKeyDown={onKeyDown}
      >
        <Arrows picture={picture} />
        {picture.ways.map((way) => {
          const { xPx, yPx } = labelOf(picture, way)
          return (
            <p
              key={way.why}
              className="wf-way"
              data-runs={way.runs}
              style={{ left: xPx, top: yPx }}
            >
              {t(`workflow.way.${way.why}`, values(way))}
            </p>
          )
        })}
        {picture.boxes.map((b, i) => {
          const after = picture.boxes[i + 1]
          if (b.node === 'done')
            return (
              <div
                key="done"
                className="wf-box wf-done"
                style={{ left: b.xPx, top: box.topPx, width: box.widthPx, height: box.heightPx }}
              >
                <span className="wf-name">{t('workflow.stage.done')}</span>
                <span className="wf-count">
                  <b>{format.number(standing.done)}</b>{' '}
                  {t('workflow.itemsHere', { count: standing.done })}
                </span>
                <span className="wf-line">{t('workflow.doneText')}</span>
              </div>
            )
          const kinds = after ? missingBetween(workflow, b.node, after.node) : []
          return [
            <StageBox key={b.node} {...props} kind={b.node} xPx={b.xPx} />,
            may === 'edit' && kinds.length > 0 && (
              <AddStage
                key={`after ${b.node}`}
                kinds={kinds}
                xPx={b.xPx + box.widthPx + box.gapPx / 2 - 4}
                onAdd={props.onAdd}
              />
            ),
          ]
        })}
      </div>
    </div>
  )
}
