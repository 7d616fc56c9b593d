import type { ProjectRole } from '@kasauti/core'
import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { CopyText, Failed, RolePicker, toast } from '../../parts/index.ts'
import { useApi, useApiMutation } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'

function AddKnown({ projectId }: { readonly projectId: string }) {
  const { t } = useI18n()
  const [search, setSearch] = useState('')
  const [userId, setUserId] = useState<string | null>(null)
  const [roles, setRoles] = useState<ProjectRole[]>(['associate'])
  const candidates = useApi(
    'member.candidates',
    { params: { projectId }, query: { search } },
    { keep: 'previous' },
  )
  const set = useApiMutation('member.set', ['member'])
  const people = (candidates.data?.rows ?? []).map((c) => ({
    value: c.userId,
    label: `${c.name} · ${c.email}`,
  }))
  const add = () => {
    if (!userId) return
    set.mutate(
      { params: { projectId, userId }, body: { roles } },
      {
        onSuccess: (member) => {
          setUserId(null)
          setSearch('')
          toast({ text: t('people.added', { name: member.name }) })
        },
      },
    )
  }
  return (
    <section className="card stack-tight">
      <h2>{t('people.addKnown')}</h2>
      <Select
        label={t('people.person')}
        searchable
        clearable
        size="xs"
        filter={({ options }) => options}
        data={people}
        value={userId}
        onChange={setUserId}
        searchValue={search}
        onSearchChange={(text) => setSearch(text.split(' · ')[0] ?? '')}
        nothingFoundMessage={t('people.noCandidates')}
      />
      <RolePicker label={t('people.roles')} value={roles} onChange={setRoles} />
      {set.isError && <Failed error={set.error} />}
      <div>
        <Button onClick={add} loading={set.isPending} disabled={!userId || roles.length === 0}>
          {t('people.add')}
        </Button>
      </div>
    </section>
  )
}

function InviteNew({ projectId }: { readonly projectId: string }) {
  const { t, format } = useI18n()
  const [name, setName] = useState('')
  const [roles, setRoles] = useState<ProjectRole[]>(['associate'])
  const invite = useApiMutation('member.invite', ['invitation'])
  const make = () =>
    invite.mutate({
      params: { projectId },
      body: { roles, ...(name.trim() ? { name: name.trim() } : {}) },
    })
  return (
    <section className="card stack-tight">
      <h2>{t('people.inviteNew')}</h2>
      <TextInput
        label={t('people.nameOptional')}
        size="xs"
        maxLength={100}
        dir="auto"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <RolePicker label={t('people.roles')} value={roles} onChange={setRoles} />
      {invite.isError && <Failed error={invite.error} />}
      <div>
        <Button
          variant="default"
          onClick={make}
          loading={invite.isPending}
          disabled={roles.length === 0}
        >
          {t('people.makeLink')}
        </Button>
      </div>
      {invite.data && (
        <>
          <CopyText
            label={t('people.link')}
            text={new URL(invite.data.link, window.location.origin).href}
          />
          <p className="sub small">
            {t('people.linkText', { when: format.dateTime(invite.data.expiresAt) })}
          </p>
        </>
      )}
    </section>
  )
}

/** Bring in somebody who has an account, or invite somebody new by a link. */
export function AddPeople({ projectId }: { readonly projectId: string }) {
  return (
    <div className="columns">
      <AddKnown projectId={projectId} />
      <InviteNew projectId={projectId} />
    </div>
  )
}
