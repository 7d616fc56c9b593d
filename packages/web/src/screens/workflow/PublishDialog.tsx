import { Button, Group, Modal, Radio, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer, Failed, toast } from '../../parts/index.ts'
import { client, useApiMutation } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { Kbd, useCommands } from '../../platform/keys/index.ts'
import { Differences } from './Differences.tsx'
import type { Workflow } from './draft.ts'
import { differences, type Say } from './words.ts'

type Props = {
  readonly projectId: string
  readonly basedOn: number
  readonly before: Workflow
  readonly after: Workflow
  readonly say: Say
  readonly onClose: () => void
  readonly onDone: () => void
}

/** What a change does to work in flight, in words; then it is published. */
export function PublishDialog(props: Props) {
  const { projectId, basedOn, before, after, say } = props
  const { t, format } = useI18n()
  const [inFlight, setInFlight] = useState<'follow' | 'keep'>('follow')
  const [note, setNote] = useState('')
  const check = useQuery({
    queryKey: ['workflow-check', projectId, basedOn, after],
    queryFn: () =>
      client.call('workflow.check', { params: { projectId }, body: { workflow: after } }),
    gcTime: 0,
    staleTime: 0,
  })
  const publish = useApiMutation('workflow.publish', ['workflow', 'project', 'work.today'])
  const ready = check.data !== undefined && check.data.problems.length === 0
  const effects = check.data?.effects.filter((e) => e.count > 0) ?? []
  const send = () => {
    if (!ready || publish.isPending) return
    publish.mutate(
      { params: { projectId }, body: { workflow: after, note, basedOn, inFlight } },
      {
        onSuccess: () => {
          toast({ text: t('workflow.published') })
          props.onDone()
        },
      },
    )
  }
  useCommands(
    [
      {
        id: 'workflow.publish.send',
        title: 'workflow.publish.send',
        keys: ['Mod+Enter'],
        palette: 'skip',
        run: send,
      },
    ],
    'dialog',
  )
  return (
    <Modal
      opened
      onClose={props.onClose}
      size="lg"
      title={t('workflow.publish.title')}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <div className="stack-tight">
        <h3>{t('workflow.publish.changes')}</h3>
        <Differences of={differences(say, before, after)} />
        <h3>{t('workflow.publish.effects')}</h3>
        <Answer of={check} lines={3}>
          {({ problems }) =>
            problems.length > 0 ? (
              <ul className="wf-lines wf-wrong" role="alert">
                {problems.map((p) => (
                  <li key={`${p.path} ${p.message}`}>{p.message}</li>
                ))}
              </ul>
            ) : effects.length === 0 ? (
              <p>{t('workflow.effect.none')}</p>
            ) : (
              <ul className="wf-lines">
                {effects.map((e) => (
                  <li key={`${e.kind} ${e.stage}`}>
                    {t(`workflow.effect.${e.kind}`, {
                      count: e.count,
                      number: format.number(e.count),
                      stage: t(`workflow.stage.${e.stage}`),
                    })}
                  </li>
                ))}
              </ul>
            )
          }
        </Answer>
        {effects.length > 0 && (
          <Radio.Group
            label={t('workflow.inFlight')}
            value={inFlight}
            onChange={(value) => setInFlight(value === 'keep' ? 'keep' : 'follow')}
          >
            <div className="stack-tight wf-choices">
              {(['follow', 'keep'] as const).map((value) => (
                <Radio
                  key={value}
                  value={value}
                  label={t(`workflow.inFlight.${value}`)}
                  description={t(`workflow.inFlight.${value}Text`)}
                />
              ))}
            </div>
          </Radio.Group>
        )}
        <Textarea
          data-autofocus
          label={t('workflow.note')}
          dir="auto"
          autosize
          minRows={1}
          maxRows={6}
          maxLength={1000}
          value={note}
          onChange={(e) => setNote(e.currentTarget.value)}
        />
        {publish.isError && <Failed error={publish.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            {t('parts.cancel')}
          </Button>
          <Button
            onClick={send}
            loading={publish.isPending}
            disabled={!ready}
            rightSection={<Kbd chord="Mod+Enter" />}
            className="with-key"
          >
            {t('workflow.publish.send')}
          </Button>
        </Group>
      </div>
    </Modal>
  )
}
