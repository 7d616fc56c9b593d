import { NumberInput, Radio, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { FormDialog, toast } from '../../parts/index.ts'
import { useApi, useApiMutation } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import type { ItemsFilter } from '../../platform/router/index.ts'
import type { ItemRow } from './item-row.ts'

type AssignToProps = {
  readonly projectId: string
  readonly picked: readonly ItemRow[]
  readonly filter: ItemsFilter | undefined
  readonly onClose: () => void
  readonly onAssigned: () => void
}
const most = 500

/** Give picked rows, or the first that fit the filter, to one person: they come before new work. */
export function AssignTo({ projectId, picked, filter, onClose, onAssigned }: AssignToProps) {
  const { t, format } = useI18n()
  const chosen = picked.slice(0, most)
  const [which, setWhich] = useState<'picked' | 'filter'>(chosen.length > 0 ? 'picked' : 'filter')
  const [count, setCount] = useState<string | number>(20)
  const [userId, setUserId] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const members = useApi('member.list', { params: { projectId } })
  const assign = useApiMutation('assignment.assign', ['assignment', 'item', 'board'])
  const people = (members.data?.rows ?? [])
    .filter((m) => !m.disabled)
    .map((m) => ({ value: m.userId, label: m.name }))
  const send = () => {
    if (userId === null) return
    const items =
      which === 'picked'
        ? { itemIds: chosen.map((row) => row.itemId) }
        : { filter: filter ?? {}, count: typeof count === 'number' ? count : 1 }
    assign.mutate(
      { params: { projectId }, body: { userId, reason, ...items } },
      {
        onSuccess: ({ assigned, left }) => {
          const name = people.find((p) => p.value === userId)?.label ?? ''
          toast({ text: t('items.assigned', { count: assigned, name }) })
          if (left.length > 0) {
            const why = [...new Set(left.map((l) => l.why))].map((w) => t(`parts.left.${w}`))
            toast({
              tone: 'bad',
              text: t('items.notAssigned', { count: left.length, why: format.list(why) }),
            })
          }
          onAssigned()
          onClose()
        },
      },
    )
  }
  return (
    <FormDialog
      title={t('items.assign')}
      send={t('items.assignSend')}
      state={assign.isPending ? 'sending' : userId === null ? 'incomplete' : 'ready'}
      error={assign.error}
      onSend={send}
      onClose={onClose}
    >
      <Radio.Group
        label={t('items.which')}
        value={which}
        onChange={(v) => setWhich(v === 'picked' ? 'picked' : 'filter')}
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
          <Radio value="filter" label={t('items.whichFirst')} />
        </Stack>
      </Radio.Group>
      {which === 'filter' && (
        <NumberInput
          label={t('items.howMany')}
          min={1}
          max={most}
          allowDecimal={false}
          value={count}
          onChange={setCount}
        />
      )}
      <Select
        label={t('items.person')}
        searchable
        required
        data={people}
        value={userId}
        onChange={setUserId}
        nothingFoundMessage={t('items.nobodyFound')}
      />
      <TextInput
        label={t('items.reason')}
        maxLength={500}
        dir="auto"
        value={reason}
        onChange={(e) => setReason(e.currentTarget.value)}
      />
    </FormDialog>
  )
}
