import { Button } from '@mantine/core'
import { useI18n } from '../../platform/i18n/index.ts'
import { Differences } from './Differences.tsx'
import type { InForce, Workflow } from './draft.ts'
import { differences, type Say } from './words.ts'

/** All versions, newest first: what each changed, and a way to use it again. */
export function Versions(props: {
  readonly inForce: InForce
  readonly may: 'edit' | 'look'
  readonly say: Say
  readonly onUse: (workflow: Workflow) => void
}) {
  const { inForce, say } = props
  const { t, format } = useI18n()
  const versions = inForce.versions.toSorted((a, b) => b.version - a.version)
  return (
    <section>
      <h2>{t('workflow.versions')}</h2>
      <div className="table-frame card">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{t('workflow.version')}</th>
              <th scope="col">{t('workflow.changes')}</th>
              <th scope="col">{t('workflow.note')}</th>
              <th scope="col">{t('workflow.by')}</th>
              <th scope="col">
                <span className="offscreen">{t('workflow.useAgain')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {versions.map((v, i) => {
              const before = versions[i + 1]
              return (
                <tr key={v.version}>
                  <td className="nowrap">
                    {format.number(v.version)}{' '}
                    {v.version === inForce.version && (
                      <span className="tag good">{t('workflow.inForce')}</span>
                    )}
                  </td>
                  <td>
                    {before ? (
                      <Differences of={differences(say, before.workflow, v.workflow)} />
                    ) : (
                      <span className="sub">{t('workflow.first')}</span>
                    )}
                  </td>
                  <td dir="auto">{v.note}</td>
                  <td>
                    <span dir="auto">{v.by}</span>
                    <div className="sub small nowrap">{format.dateTime(v.at)}</div>
                  </td>
                  <td className="num">
                    {props.may === 'edit' && v.version !== inForce.version && (
                      <Button
                        size="compact-xs"
                        variant="default"
                        onClick={() => props.onUse(v.workflow)}
                      >
                        {t('workflow.useAgain')}
                      </Button>
                    )}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </section>
  )
}
