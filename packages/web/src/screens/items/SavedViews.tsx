import type { WireOutput } from '@kasauti/contract'
import { Button, Checkbox, Menu, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Failed, toast } from '../../parts/index.ts'
import { client, refreshAnswers, useApi, useApiMutation } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import type { ItemsSearch } from '../../platform/router/index.ts'

type View = WireOutput<'view.list'>['rows'][number]
type SavedViewsProps = {
  readonly projectId: string
  readonly search: ItemsSearch
  readonly onShow: (search: ItemsSearch) => void
}

const bodyOf = (view: Pick<View, 'name' | 'shared' | 'sort' | 'direction' | 'filter'>) => ({
  name: view.name,
  shared: view.shared,
  sort: view.sort,
  direction: view.direction,
  filter: view.filter,
})

function SaveView({
  projectId,
  search,
  onClose,
}: {
  readonly projectId: string
  readonly search: ItemsSearch
  readonly onClose: () => void
}) {
  const { t } = useI18n()
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const save = useApiMutation('view.save', ['view'])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { sort = 'ordinal', direction = 'asc', filter = {} } = search
    save.mutate(
      { params: { projectId }, body: bodyOf({ name, shared, sort, direction, filter }) },
      { onSuccess: onClose },
    )
  }
  return (
    <form className="stack-tight" onSubmit={submit}>
      <TextInput
        label={t('items.viewName')}
        required
        maxLength={80}
        dir="auto"
        data-autofocus
        value={name}
        onChange={(e) => setName(e.currentTarget.value)}
      />
      <Checkbox
        label={t('items.viewShared')}
        checked={shared}
        onChange={(e) => setShared(e.currentTarget.checked)}
      />
      {save.isError && <Failed error={save.error} />}
      <div>
        <Button type="submit" loading={save.isPending}>
          {t('parts.save')}
        </Button>
      </div>
    </form>
  )
}

/** My views of the table and the shared ones. */
export function SavedViews({ projectId, search, onShow }: SavedViewsProps) {
  const { t } = useI18n()
  const [saving, setSaving] = useState(false)
  const views = useApi('view.list', { params: { projectId } })
  const rows = views.data?.rows ?? []
  const forget = async (view: View) => {
    await client.call('view.remove', { params: { projectId, viewId: view.viewId } })
    await refreshAnswers(['view'])
    const undo = async () => {
      await client.call('view.save', { params: { projectId }, body: bodyOf(view) })
      await refreshAnswers(['view'])
    }
    toast({ text: t('items.viewForgotten', { name: view.name }), undo: () => void undo() })
  }
  return (
    <>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <Button variant="default">{t('items.views')}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {rows.length === 0 && <Menu.Label>{t('items.noViews')}</Menu.Label>}
          {rows.map((view) => (
            <Menu.Item
              key={view.viewId}
              onClick={() =>
                onShow({ sort: view.sort, direction: view.direction, filter: view.filter })
              }
            >
              <span dir="auto">{view.name}</span>{' '}
              {view.shared && <span className="tag">{t('items.shared')}</span>}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => setSaving(true)}>{t('items.saveView')}</Menu.Item>
          {rows
            .filter((view) => view.mine)
            .map((view) => (
              <Menu.Item key={view.viewId} c="var(--bad)" onClick={() => void forget(view)}>
                {t('items.forgetView', { name: view.name })}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={saving}
        onClose={() => setSaving(false)}
        title={t('items.saveView')}
        closeButtonProps={{ 'aria-label': t('parts.close') }}
      >
        <SaveView projectId={projectId} search={search} onClose={() => setSaving(false)} />
      </Modal>
    </>
  )
}
