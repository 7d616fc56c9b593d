import type { WireOutput } from '@kasauti/contract'
import { Alert, Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Failed, Waiting } from '../../parts/index.ts'
import { ApiError, useApi, useApiMutation } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { BatchChoice, type Into, wireInto } from './BatchChoice.tsx'
import { MappingForm } from './MappingForm.tsx'
import { PreviewTable } from './PreviewTable.tsx'
import type { Mapping, ReadOptions } from './preview.ts'
import { ReadOptionsForm } from './ReadOptionsForm.tsx'

const asQuery = (o: ReadOptions) => ({
  format: o.format,
  encoding: o.encoding,
  ...(o.delimiter === undefined ? {} : { delimiter: o.delimiter }),
  ...(o.header === undefined ? {} : { header: String(o.header) }),
})

type ImportSetupProps = {
  readonly projectId: string
  readonly upload: WireOutput<'upload.create'>
  /** The batch one came from. */
  readonly batchId: string | undefined
  readonly onAnother: () => void
}

/** How the file is read, what it holds, and which column is what. */
export function ImportSetup({ projectId, upload, batchId, onAnother }: ImportSetupProps) {
  const { t, format } = useI18n()
  const navigate = useNavigate()
  const [options, setOptions] = useState<ReadOptions>(upload.detected)
  const [into, setInto] = useState<Into>(
    batchId === undefined ? { kind: 'everything-else' } : { kind: 'batch', batchId },
  )
  const [edited, setEdited] = useState<Mapping>()
  const input = { params: { projectId, uploadId: upload.uploadId }, query: asQuery(options) }
  const preview = useApi('upload.preview', input, { keep: 'previous' })
  const schema = useApi('schema.get', { params: { projectId } })
  const start = useApiMutation('import.start', ['import', 'project', 'batch'])
  const mapping = edited ?? preview.data?.mapping
  const where = wireInto(into)
  const go = (again: boolean) =>
    start.mutate(
      {
        params: { projectId },
        body: {
          uploadId: upload.uploadId,
          options,
          again,
          ...where,
          ...(mapping ? { mapping } : {}),
        },
      },
      {
        onSuccess: ({ importId }) =>
          void navigate({
            to: '/projects/$projectId/imports/$importId',
            params: { projectId, importId },
          }),
      },
    )
  const seen = upload.importedBefore
  const refusedAsKnown =
    start.error instanceof ApiError && start.error.code === 'import/duplicate-file'
  const known = seen !== undefined || refusedAsKnown
  return (
    <>
      <section className="card line-row">
        <div className="grow">
          <strong dir="auto">{upload.fileName}</strong>
          <div className="sub small">
            {format.bytes(upload.bytes)} ·{' '}
            {t('import.detected', { sure: format.percent(upload.confidence) })}
          </div>
        </div>
        <Button variant="default" onClick={onAnother}>
          {t('import.another')}
        </Button>
      </section>
      {seen && (
        <Alert color="yellow" title={t('import.sameFile')}>
          {t('import.sameFileText', {
            when: format.dateTime(seen.at),
            count: seen.items,
            number: format.number(seen.items),
          })}
        </Alert>
      )}
      <ReadOptionsForm
        options={options}
        formats={preview.data?.formats ?? [options.format]}
        onChange={(next) => {
          setOptions(next)
          setEdited(undefined)
        }}
      />
      {preview.isError && <Failed error={preview.error} />}
      {preview.data ? <PreviewTable preview={preview.data} /> : !preview.isError && <Waiting />}
      {preview.data && schema.data && mapping && (
        <MappingForm
          inputs={schema.data.schema.inputs}
          columns={preview.data.columns}
          mapping={mapping}
          onChange={setEdited}
        />
      )}
      <BatchChoice projectId={projectId} into={into} onChange={setInto} />
      {start.isError && !refusedAsKnown && <Failed error={start.error} />}
      <div className="line-row">
        <Button
          loading={start.isPending}
          disabled={!preview.data || preview.isError || where === undefined}
          onClick={() => go(known)}
        >
          {t(known ? 'import.startAgain' : 'import.start')}
        </Button>
        <span className="sub small">{t('import.startText')}</span>
      </div>
    </>
  )
}
