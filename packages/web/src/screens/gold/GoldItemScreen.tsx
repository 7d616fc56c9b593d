import type { WireOutput } from '@kasauti/contract'
import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Answer, Failed, Page, toast, Waiting } from '../../parts/index.ts'
import { useApi, useApiMutation } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import {
  ItemView,
  type Kit,
  practiceRunner,
  readyToSend,
  useDesk,
  useKit,
  useSession,
} from '../../workbench/index.ts'
import { Problems } from '../questions/index.ts'

type Item = WireOutput<'item.get'>
type Gold = WireOutput<'gold.get'>
type Use = Gold['use']
const uses = ['hidden', 'training', 'exam'] as const

/** What the editors start from: the gold, or the latest accepted or submitted answers. */
function firstAnswers(item: Item, gold: Gold | undefined): Record<string, unknown> {
  if (gold) return { ...gold.answers }
  const best =
    item.annotations.find((a) => a.state === 'accepted') ??
    item.annotations.find((a) => a.state === 'submitted')
  return { ...best?.revisions.at(-1)?.answers }
}

function History({ gold }: { readonly gold: Gold }) {
  const { t, format } = useI18n()
  return (
    <section className="card stack-tight">
      <h2>{t('gold.given', { count: gold.given.length })}</h2>
      {gold.given.length > 0 && (
        <table className="plain">
          <tbody>
            {gold.given.map((g) => (
              <tr key={g.assignmentId}>
                <td dir="auto">{g.name}</td>
                <td>
                  <span className={g.correct ? 'tag good' : 'tag bad'}>
                    {t(g.correct ? 'gold.isRight' : 'gold.isWrong')}
                  </span>
                </td>
                <td className="num">{t('gold.percent', { n: Math.round(100 * g.score) })}</td>
                <td className="sub">{format.when(g.at)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <h2>{t('gold.versions')}</h2>
      {gold.versions.map((v) => (
        <div key={v.version} className="small">
          {t('gold.version', {
            version: format.number(v.version),
            who: v.by,
            when: format.dateTime(v.at),
          })}{' '}
          <span dir="auto">{v.reason}</span>
        </div>
      ))}
    </section>
  )
}

type Editing = { readonly projectId: string; readonly item: Item; readonly gold: Gold | undefined }

function Editor({ projectId, item, gold, kit }: Editing & { readonly kit: Kit }) {
  const { t } = useI18n()
  const navigate = useNavigate()
  const [runner] = useState(() => {
    const made = practiceRunner({})
    made.begin(item.inputs, firstAnswers(item, gold))
    return made
  })
  const desk = useSession(runner).desks[0]
  const bench = useDesk({ runner, desk, kit, focus: 'leave' })
  const [use, setUse] = useState<Use>(gold?.use ?? 'hidden')
  const [en, setEn] = useState(gold?.explanation.en ?? '')
  const [hi, setHi] = useState(gold?.explanation.hi ?? '')
  const [reason, setReason] = useState('')
  const create = useApiMutation('gold.create', ['gold', 'item', 'project'])
  const update = useApiMutation('gold.update', ['gold', 'item', 'exam'])
  const retire = useApiMutation(gold?.active === false ? 'gold.restore' : 'gold.retire', [
    'gold',
    'item',
    'project',
  ])
  if (!desk) return <Waiting />
  const ready = readyToSend(kit, item.inputs, desk.log.answers)
  const explanation = hi.trim() ? { en, hi } : { en }
  const back = () => void navigate({ to: '/projects/$projectId/gold', params: { projectId } })
  const save = () => {
    const body = { answers: ready.answers, explanation, use }
    if (gold)
      update.mutate(
        {
          params: { projectId, goldId: gold.goldId },
          body: { ...body, reason, basedOn: gold.version },
        },
        { onSuccess: ({ changed }) => toast({ text: t('gold.corrected', { count: changed }) }) },
      )
    else
      create.mutate(
        { params: { projectId }, body: { ...body, itemId: item.itemId } },
        {
          onSuccess: () => {
            toast({ text: t('gold.made') })
            back()
          },
        },
      )
  }
  const flip = () =>
    gold && retire.mutate({ params: { projectId, goldId: gold.goldId } }, { onSuccess: back })
  const failed = create.error ?? update.error ?? retire.error
  return (
    <div className="stack">
      <div className="answer-bench">
        <ItemView
          desk={desk}
          kit={kit}
          active={bench.active}
          readOnly={false}
          root={bench.root}
          onChange={bench.answer}
          onActive={bench.setActive}
        />
      </div>
      {ready.problems.length > 0 && <Problems problems={ready.problems} kit={kit} />}
      <section className="card stack-tight">
        <Select
          label={t('gold.useTitle')}
          allowDeselect={false}
          data={uses.map((value) => ({ value, label: t(`gold.useLong.${value}`) }))}
          value={use}
          onChange={(v) => setUse(uses.find((u) => u === v) ?? 'hidden')}
        />
        <div className="columns">
          <Textarea
            label={t('gold.explanationEn')}
            required
            lang="en"
            dir="auto"
            autosize
            minRows={3}
            maxLength={2000}
            value={en}
            onChange={(e) => setEn(e.currentTarget.value)}
          />
          <Textarea
            label={t('gold.explanationHi')}
            lang="hi"
            dir="auto"
            autosize
            minRows={3}
            maxLength={2000}
            value={hi}
            onChange={(e) => setHi(e.currentTarget.value)}
          />
        </div>
        {gold && (
          <TextInput
            label={t('gold.reason')}
            description={t('gold.reasonText')}
            maxLength={2000}
            dir="auto"
            value={reason}
            onChange={(e) => setReason(e.currentTarget.value)}
          />
        )}
        {failed && <Failed error={failed} />}
        <div className="line-row">
          <Button
            onClick={save}
            loading={create.isPending || update.isPending}
            disabled={ready.problems.length > 0 || en.trim() === ''}
          >
            {t(gold ? 'gold.save' : 'gold.make')}
          </Button>
          {gold && (
            <Button variant="default" onClick={flip} loading={retire.isPending}>
              {t(gold.active ? 'gold.retire' : 'gold.restore')}
            </Button>
          )}
        </div>
      </section>
      {gold && <History gold={gold} />}
    </div>
  )
}

function WithKit(props: Editing) {
  const { t } = useI18n()
  const kit = useKit(props.projectId, props.item.schemaVersion)
  if (kit === 'failed') return <p role="alert">{t('error.network/unreachable')}</p>
  if (kit === 'loading') return <Waiting />
  return <Editor key={props.gold?.version ?? 0} {...props} kit={kit} />
}

function WithGold({
  projectId,
  item,
  goldId,
}: Omit<Editing, 'gold'> & { readonly goldId: string }) {
  const gold = useApi('gold.get', { params: { projectId, goldId } })
  return <Answer of={gold}>{(g) => <WithKit projectId={projectId} item={item} gold={g} />}</Answer>
}

/** Make gold of an item, or correct the gold it is. */
export function GoldItemScreen() {
  const { t } = useI18n()
  const { projectId = '', itemId = '' } = useParams({ strict: false })
  const params = { projectId, itemId }
  const item = useApi('item.get', { params })
  const active = useApi('gold.list', { params: { projectId }, query: { itemId } })
  const retired = useApi('gold.list', { params: { projectId }, query: { itemId, retired: 'true' } })
  return (
    <Page
      title={t('gold.ofItem', { key: item.data?.key ?? '' })}
      actions={
        <Link to="/projects/$projectId/gold" params={{ projectId }}>
          {t('gold.back')}
        </Link>
      }
    >
      <Answer of={item}>
        {(found) => (
          <Answer of={active}>
            {(a) => (
              <Answer of={retired}>
                {(r) => {
                  const gold = a.rows[0] ?? r.rows[0]
                  return gold ? (
                    <WithGold projectId={projectId} item={found} goldId={gold.goldId} />
                  ) : (
                    <WithKit projectId={projectId} item={found} gold={undefined} />
                  )
                }}
              </Answer>
            )}
          </Answer>
        )}
      </Answer>
    </Page>
  )
}
