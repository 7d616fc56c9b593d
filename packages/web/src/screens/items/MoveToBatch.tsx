import { Button, Group, Modal, Radio, Select, Stack, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Failed, toast } from '../../parts/index.ts'
import { useApi, useApiMutation } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import type { ItemsFilter } from '../../platform/router/index.ts'
import type { ItemRow } from './item-row.ts'

type MoveToBatchProps = {
  readonly projectId: string
  readonly picked: readonly ItemRow[]
  readonly filter: ItemsFilter | undefined
  readonly onClose: () => void
  readonly onMoved: () => void
}

const touched = ['item', 'batch', 'board', 'job'] as const
const mostPicked = 500
type Which = 'picked' | 'filter' | 'keys'

const keysIn = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** Move picked rows, all that the filter shows, or a list of keys into a batch. */
export function MoveToBatch({ projectId, picked, filter, onClose, onMoved }: MoveToBatchProps) {
  const { t, format } = useI18n()
  const batches = useApi('batch.list', { params: { projectId }, query: { limit: 200 } })
  const [batchId, setBatchId] = useState<string | null>(null)
  const [which, setWhich] = useState<Which>(picked.length > 0 ? 'picked' : 'filter')
  const [typed, setTyped] = useState('')
  const add = useApiMutation('batch.addItems', touched)
  const open = (batches.data?.rows ?? [])
    .filter((b) => b.state !== 'delivered' && b.state !== 'accepted')
    .map((b) => ({ value: b.batchId, label: b.name || t('items.everythingElse') }))
  const keys = keysIn(typed)
  const chosen = picked.slice(0, mostPicked)
  const bodies = {
    picked: { itemIds: chosen.map((row) => row.itemId) },
    filter: { filter: filter ?? {} },
    keys: { keys },
  }
  const back = (into: string) => {
    const sources = new Set(chosen.map((row) => row.batchId))
    const [source] = sources
    if (which !== 'picked' || sources.size !== 1 || source === undefined || source === into)
      return {}
    return {
      undo: () => add.mutate({ params: { projectId, batchId: source }, body: bodies.picked }),
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (batchId === null) return
    const name = open.find((b) => b.value === batchId)?.label ?? ''
    add.mutate(
      { params: { projectId, batchId }, body: bodies[which] },
      {
        onSuccess: ({ moved, missing, jobId }) => {
          const number = format.number(moved)
          toast({
            text:
              jobId === undefined
                ? t('items.moved', { count: moved, number, name })
                : t('items.moving', { name }),
            ...back(batchId),
          })
          if (missing.length > 0)
            toast({
              tone: 'bad',
              text: t('items.missingKeys', {
                keys: format.list(missing.slice(0, 5)),
                count: missing.length,
              }),
            })
          onMoved()
          onClose()
        },
      },
    )
  }
  const nothing = which === 'keys' ? keys.length === 0 : which === 'picked' && chosen.length === 0
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      title={t('items.moveToBatch')}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <form className="stack-tight" onSubmit={submit}>
        <Radio.Group
          label={t('items.which')}
          value={which}
          onChange={(v) => setWhich(v === 'keys' ? 'keys' : v === 'filter' ? 'filter' : 'picked')}
        >
          <Stack gap="xs" mt="xs">
            {chosen.length > 0 && (
              <Radio
                value="picked"
                label={t('items.whichPicked', {
                  count: chosen.length,
                  number: format.number(chosen.length),
                })}
              />
            )}
            <Radio value="filter" label={t(filter ? 'items.whichFilter' : 'items.whichAll')} />
            <Radio value="keys" label={t('items.whichKeys')} />
          </Stack>
        </Radio.Group>
        {which === 'keys' && (
          <Textarea
            label={t('items.keys')}
            autosize
            minRows={4}
            maxRows={10}
            dir="auto"
            value={typed}
            onChange={(e) => setTyped(e.currentTarget.value)}
          />
        )}
        <Select
          label={t('items.batch')}
          searchable
          data={open}
          value={batchId}
          onChange={setBatchId}
        />
        <p className="sub small">{t('items.moveText')}</p>
        {add.isError && <Failed error={add.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('parts.cancel')}
          </Button>
          <Button type="submit" loading={add.isPending} disabled={batchId === null || nothing}>
            {t('items.move')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
