import type { WireOutput } from '@kasauti/contract'
import { Button, Progress } from '@mantine/core'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { Answer, Failed, Page } from '../../parts/index.ts'
import { uploadFile, useApi } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { DropZone } from './DropZone.tsx'
import { ImportSetup } from './ImportSetup.tsx'

type Upload = WireOutput<'upload.create'>
type Step =
  | { readonly at: 'choose'; readonly failure?: unknown }
  | { readonly at: 'sending'; readonly file: File; readonly sent: number }
  | { readonly at: 'set-up'; readonly upload: Upload }

function PastImports({ projectId }: { readonly projectId: string }) {
  const { t, format } = useI18n()
  const imports = useApi('import.list', { params: { projectId }, query: { limit: 50 } })
  return (
    <Answer of={imports} lines={2}>
      {({ rows }) =>
        rows.length > 0 && (
          <section>
            <h2>{t('import.past')}</h2>
            <table className="plain">
              <thead>
                <tr>
                  <th>{t('import.file')}</th>
                  <th>{t('import.batch')}</th>
                  <th>{t('import.state')}</th>
                  <th className="num">{t('import.items')}</th>
                  <th className="num">{t('import.rejected')}</th>
                  <th className="num">{t('import.known')}</th>
                  <th>{t('import.by')}</th>
                  <th className="num">{t('import.when')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((r) => (
                  <tr key={r.importId}>
                    <td>
                      <Link
                        to="/projects/$projectId/imports/$importId"
                        params={{ projectId, importId: r.importId }}
                        dir="auto"
                      >
                        {r.fileName}
                      </Link>
                    </td>
                    <td dir="auto">{r.batch.name || t('import.into.everything-else')}</td>
                    <td>
                      <span className={r.state === 'failed' ? 'tag bad' : 'tag'}>
                        {t(`parts.job.${r.state}`)}
                      </span>
                    </td>
                    <td className="num">{format.number(r.items)}</td>
                    <td className="num">{format.number(r.rejected)}</td>
                    <td className="num">{format.number(r.duplicates)}</td>
                    <td dir="auto">{r.startedBy}</td>
                    <td className="num">{format.when(r.createdAt)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )
      }
    </Answer>
  )
}

function Sending({
  step,
  onCancel,
}: {
  readonly step: Extract<Step, { at: 'sending' }>
  readonly onCancel: () => void
}) {
  const { t, format } = useI18n()
  const { file, sent } = step
  return (
    <div className="card stack-tight">
      <strong dir="auto">{file.name}</strong>
      <Progress
        value={file.size > 0 ? (100 * sent) / file.size : 0}
        aria-label={t('parts.progress.label')}
      />
      <div className="line-row">
        <span className="sub grow" aria-live="polite">
          {sent < file.size
            ? t('import.sending', { sent: format.bytes(sent), total: format.bytes(file.size) })
            : t('import.looking')}
        </span>
        <Button variant="default" onClick={onCancel}>
          {t('parts.cancel')}
        </Button>
      </div>
    </div>
  )
}

/** Bring a file in: choose it, check how it is read, say which column is what, start. */
export function ImportScreen() {
  const { t } = useI18n()
  const { projectId } = useParams({ from: '/signed/framed/projects/$projectId/import' })
  const search = useSearch({ from: '/signed/framed/projects/$projectId/import' })
  const [step, setStep] = useState<Step>({ at: 'choose' })
  const abort = useRef<AbortController>(null)
  const send = async (file: File) => {
    abort.current = new AbortController()
    const { signal } = abort.current
    setStep({ at: 'sending', file, sent: 0 })
    try {
      const onProgress = (sent: number) => setStep({ at: 'sending', file, sent })
      const upload = await uploadFile(projectId, file, { signal, onProgress })
      setStep({ at: 'set-up', upload })
    } catch (failure) {
      setStep(signal.aborted ? { at: 'choose' } : { at: 'choose', failure })
    }
  }
  return (
    <Page title={t('import.title')} sub={t('import.sub')}>
      {step.at === 'choose' && (
        <>
          {step.failure !== undefined && <Failed error={step.failure} />}
          <DropZone onFile={(file) => void send(file)} />
          <PastImports projectId={projectId} />
        </>
      )}
      {step.at === 'sending' && (
        <Sending step={step} onCancel={() => abort.current?.abort(new Error('cancelled'))} />
      )}
      {step.at === 'set-up' && (
        <ImportSetup
          projectId={projectId}
          upload={step.upload}
          batchId={search.batch}
          onAnother={() => setStep({ at: 'choose' })}
        />
      )}
    </Page>
  )
}
