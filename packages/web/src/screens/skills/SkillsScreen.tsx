import type { WireOutput } from '@kasauti/contract'
import { Button, NumberInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Answer, Empty, Failed, Page, titleIn, toast } from '../../parts/index.ts'
import { useApi, useApiMutation } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { CertificateTag } from './CertificateTag.tsx'

type Skill = WireOutput<'skill.list'>['rows'][number]
type Person = WireOutput<'skill.people'>['rows'][number]

/** A name for links and files, out of a title. */
const nameOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
    .slice(0, 40) || `skill-${Date.now().toString(36)}`

function NewSkill() {
  const { t } = useI18n()
  const [en, setEn] = useState('')
  const [hi, setHi] = useState('')
  const create = useApiMutation('skill.create', ['skill'])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const title = hi.trim() ? { en, hi } : { en }
    create.mutate(
      { body: { name: nameOf(en), title } },
      {
        onSuccess: () => {
          setEn('')
          setHi('')
          toast({ text: t('skills.made') })
        },
      },
    )
  }
  return (
    <form className="card stack-tight" onSubmit={submit}>
      <h2>{t('skills.new')}</h2>
      <div className="columns">
        <TextInput
          label={t('skills.titleEn')}
          required
          lang="en"
          maxLength={200}
          value={en}
          onChange={(e) => setEn(e.currentTarget.value)}
        />
        <TextInput
          label={t('skills.titleHi')}
          lang="hi"
          maxLength={200}
          value={hi}
          onChange={(e) => setHi(e.currentTarget.value)}
        />
      </div>
      {create.isError && <Failed error={create.error} />}
      <div>
        <Button type="submit" loading={create.isPending}>
          {t('skills.create')}
        </Button>
      </div>
    </form>
  )
}

function PersonRow({
  skillId,
  person,
  days,
}: {
  readonly skillId: string
  readonly person: Person
  readonly days: number | undefined
}) {
  const { t } = useI18n()
  const [reason, setReason] = useState<string>()
  const grant = useApiMutation('skill.grant', ['skill'])
  const revoke = useApiMutation('skill.revoke', ['skill'])
  const latest = person.certificates[0]
  const valid = latest?.state === 'valid' ? latest : undefined
  const give = () => {
    const body = { userId: person.userId, ...(days === undefined ? {} : { validDays: days }) }
    grant.mutate({ params: { skillId }, body })
  }
  const take = () =>
    valid &&
    reason?.trim() &&
    revoke.mutate(
      { params: { certificateId: valid.certificateId }, body: { reason } },
      { onSuccess: () => setReason(undefined) },
    )
  return (
    <tr>
      <td dir="auto">{person.name}</td>
      <td>{latest && <CertificateTag certificate={latest} />}</td>
      <td className="num">
        {!valid && (
          <Button size="compact-sm" variant="default" onClick={give} loading={grant.isPending}>
            {t('skills.grant')}
          </Button>
        )}
        {valid && reason === undefined && (
          <Button size="compact-sm" variant="default" onClick={() => setReason('')}>
            {t('skills.revoke')}
          </Button>
        )}
        {valid && reason !== undefined && (
          <div className="line-row">
            <TextInput
              size="xs"
              aria-label={t('skills.reason')}
              placeholder={t('skills.reason')}
              dir="auto"
              maxLength={1000}
              value={reason}
              onChange={(e) => setReason(e.currentTarget.value)}
            />
            <Button size="compact-sm" color="red" onClick={take} disabled={!reason.trim()}>
              {t('skills.revoke')}
            </Button>
          </div>
        )}
        {grant.isError && <Failed error={grant.error} />}
        {revoke.isError && <Failed error={revoke.error} />}
      </td>
    </tr>
  )
}

function People({ skillId }: { readonly skillId: string }) {
  const { t } = useI18n()
  const people = useApi('skill.people', { params: { skillId } })
  const [days, setDays] = useState<number>()
  return (
    <Answer of={people}>
      {({ rows }) => (
        <div className="stack-tight">
          <NumberInput
            label={t('skills.validDays')}
            min={1}
            max={3650}
            value={days ?? ''}
            onChange={(v) => setDays(v === '' ? undefined : Number(v))}
          />
          <table className="plain">
            <tbody>
              {rows.map((p) => (
                <PersonRow key={p.userId} skillId={skillId} person={p} days={days} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Answer>
  )
}

function SkillCard({ skill }: { readonly skill: Skill }) {
  const { t, locale } = useI18n()
  const [open, setOpen] = useState(false)
  const update = useApiMutation('skill.update', ['skill'])
  const { skillId, retired } = skill
  return (
    <section className="card stack-tight">
      <div className="line-row">
        <strong className="grow">{titleIn(skill.title, locale)}</strong>
        {retired && <span className="tag warn">{t('skills.retired')}</span>}
        <span className="sub">{t('skills.holders', { count: skill.holders })}</span>
        <Button variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('skills.people')}
        </Button>
        <Button
          variant="default"
          onClick={() => update.mutate({ params: { skillId }, body: { retired: !retired } })}
        >
          {t(retired ? 'skills.restore' : 'skills.retire')}
        </Button>
      </div>
      {open && <People skillId={skillId} />}
    </section>
  )
}

/** Skills there are, and who is certified in them. */
export function SkillsScreen() {
  const { t } = useI18n()
  const skills = useApi('skill.list', {})
  return (
    <Page title={t('skills.all')} sub={t('skills.allText')}>
      <Answer of={skills}>
        {({ rows }) => (
          <div className="stack">
            {rows.length === 0 && <Empty title={t('skills.none')} text={t('skills.noneText')} />}
            {rows.map((skill) => (
              <SkillCard key={skill.skillId} skill={skill} />
            ))}
            <NewSkill />
          </div>
        )}
      </Answer>
    </Page>
  )
}
