import type { WireOutput } from '@kasauti/contract'
import { Button, Textarea, TextInput } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Answer, Failed, Page, toast } from '../../parts/index.ts'
import {
  client,
  errorText,
  refreshAnswers,
  useApi,
  useApiMutation,
} from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { PauseCard } from './PauseCard.tsx'
import { QueueFields, type QueueSettings } from './QueueFields.tsx'
import { readSkipReasons, SkipReasonsField, type SkipReasonText } from './SkipReasons.tsx'

type Project = WireOutput<'project.get'>

function SettingsForm({ project }: { readonly project: Project }) {
  const { t } = useI18n()
  const { settings } = project
  // The version this form was filled from: what somebody else saved since must not be overwritten.
  const [etag, setEtag] = useState(project.etag)
  const [name, setName] = useState(project.name)
  const [summary, setSummary] = useState(project.summary)
  const [queue, setQueue] = useState<QueueSettings>(settings.queue)
  const [en, setEn] = useState(settings.instructions.en)
  const [hi, setHi] = useState(settings.instructions.hi)
  const [reasons, setReasons] = useState<readonly SkipReasonText[]>(
    settings.skipReasons.map((r) => ({
      id: r.id,
      en: r.title.en,
      hi: r.title.hi ?? '',
      consequence: r.consequence ?? 'others',
    })),
  )
  const update = useApiMutation('project.update', ['project', 'session.me', 'work.today'])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const body = {
      name,
      summary,
      settings: {
        queue,
        skipReasons: readSkipReasons(reasons),
        instructions: { en, hi },
      },
    }
    update.mutate(
      { params: { projectId: project.projectId }, body, ifMatch: etag },
      {
        onSuccess: (saved) => {
          setEtag(saved.etag)
          toast({ text: t('parts.saved') })
        },
      },
    )
  }
  return (
    <form className="stack settings-form" onSubmit={submit}>
      <section className="card stack-tight">
        <TextInput
          label={t('settings.name')}
          required
          maxLength={120}
          dir="auto"
          value={name}
          onChange={(e) => setName(e.currentTarget.value)}
        />
        <TextInput
          label={t('settings.summary')}
          maxLength={1000}
          dir="auto"
          value={summary}
          onChange={(e) => setSummary(e.currentTarget.value)}
        />
      </section>
      <section className="card stack-tight">
        <h2>{t('settings.queue')}</h2>
        <QueueFields queue={queue} onChange={setQueue} />
        <p className="sub small">
          {t('settings.workflowText')}{' '}
          <Link to="/projects/$projectId/workflow" params={{ projectId: project.projectId }}>
            {t('settings.toWorkflow')}
          </Link>
        </p>
      </section>
      <section className="card stack-tight">
        <h2>{t('settings.skipReasons')}</h2>
        <p className="sub small">{t('settings.skipReasonsText')}</p>
        <SkipReasonsField reasons={reasons} onChange={setReasons} />
      </section>
      <section className="card stack-tight">
        <h2>{t('settings.instructions')}</h2>
        <p className="sub small">{t('settings.instructionsText')}</p>
        <div className="columns">
          <Textarea
            label={t('settings.english')}
            lang="en"
            dir="auto"
            autosize
            minRows={5}
            maxRows={16}
            maxLength={50_000}
            value={en}
            onChange={(e) => setEn(e.currentTarget.value)}
          />
          <Textarea
            label={t('settings.hindi')}
            lang="hi"
            dir="auto"
            autosize
            minRows={5}
            maxRows={16}
            maxLength={50_000}
            value={hi}
            onChange={(e) => setHi(e.currentTarget.value)}
          />
        </div>
      </section>
      {update.isError && <Failed error={update.error} />}
      <div>
        <Button type="submit" loading={update.isPending}>
          {t('parts.save')}
        </Button>
      </div>
    </form>
  )
}

function ArchiveCard({ project }: { readonly project: Project }) {
  const { t } = useI18n()
  const set = async (archived: boolean) => {
    try {
      await client.call('project.update', {
        params: { projectId: project.projectId },
        body: { archived },
      })
      await refreshAnswers(['project', 'session.me', 'work.today'])
      toast({
        text: t(archived ? 'settings.archived' : 'settings.restored'),
        undo: () => void set(!archived),
      })
    } catch (thrown) {
      toast({ text: errorText(thrown, t), tone: 'bad' })
    }
  }
  return (
    <section className="card line-row">
      <div className="grow">
        <strong>{t(project.archived ? 'settings.restoreTitle' : 'settings.archiveTitle')}</strong>
        <div className="sub small">{t('settings.archiveText')}</div>
      </div>
      <Button variant="default" onClick={() => void set(!project.archived)}>
        {t(project.archived ? 'settings.restore' : 'settings.archive')}
      </Button>
    </section>
  )
}

/** What a lead decides about a project. */
export function SettingsScreen() {
  const { t } = useI18n()
  const { projectId } = useParams({ from: '/signed/framed/projects/$projectId/settings' })
  const project = useApi('project.get', { params: { projectId } })
  return (
    <Page title={t('settings.title')}>
      <Answer of={project}>
        {(answer) => (
          <>
            <SettingsForm key={answer.projectId} project={answer} />
            <PauseCard project={answer} />
            <ArchiveCard project={answer} />
          </>
        )}
      </Answer>
    </Page>
  )
}
