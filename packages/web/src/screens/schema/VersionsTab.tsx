import type { TaskSchema } from '@kasauti/catalog'
import { Button } from '@mantine/core'
import { Answer, toast } from '../../parts/index.ts'
import { client, errorText, useApi } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'

type Props = {
  readonly projectId: string
  readonly inForce: number
  readonly readOnly: boolean
  readonly onTake: (schema: TaskSchema, version: number) => void
}

/** All versions; an old one can be taken into the draft and published anew. */
export function VersionsTab({ projectId, inForce, readOnly, onTake }: Props) {
  const { t, format } = useI18n()
  const versions = useApi('schema.list', { params: { projectId } })
  const take = async (version: number) => {
    try {
      const found = await client.call('schema.get', { params: { projectId }, query: { version } })
      onTake(found.schema as TaskSchema, version)
    } catch (error) {
      toast({ text: errorText(error, t), tone: 'bad' })
    }
  }
  return (
    <Answer of={versions}>
      {({ rows }) => (
        <div className="table-frame card">
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{t('schema.version')}</th>
                <th scope="col">{t('schema.note')}</th>
                <th scope="col">{t('schema.by')}</th>
                <th scope="col">{t('schema.at')}</th>
                <th scope="col">
                  <span className="offscreen">{t('schema.versionActions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((v) => (
                <tr key={v.version}>
                  <td>
                    {v.version}{' '}
                    {v.version === inForce && (
                      <span className="tag good">{t('schema.inForce')}</span>
                    )}
                  </td>
                  <td dir="auto">{v.note}</td>
                  <td dir="auto">{v.createdBy}</td>
                  <td>{format.dateTime(v.createdAt)}</td>
                  <td className="num">
                    {!readOnly && (
                      <Button
                        size="compact-xs"
                        variant="default"
                        onClick={() => void take(v.version)}
                      >
                        {t('schema.takeVersion')}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Answer>
  )
}
