import { Button, Select, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Answer, CopyText, Failed } from '../../parts/index.ts'
import { useApi, useApiMutation } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'

const lifetimes = ['30', '90', '365', 'never'] as const

function NewToken() {
  const { t } = useI18n()
  const [name, setName] = useState('')
  const [days, setDays] = useState<string>('90')
  const create = useApiMutation('token.create', ['token'])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const body = days === 'never' ? { name } : { name, expiresInDays: Number(days) }
    create.mutate({ body }, { onSuccess: () => setName('') })
  }
  return (
    <>
      <form className="line-row options-row" onSubmit={submit}>
        <TextInput
          className="grow"
          size="xs"
          label={t('account.tokenName')}
          required
          maxLength={80}
          value={name}
          onChange={(e) => setName(e.currentTarget.value)}
        />
        <Select
          size="xs"
          w={130}
          label={t('account.tokenLife')}
          data={lifetimes.map((value) => ({ value, label: t(`account.life.${value}`) }))}
          value={days}
          onChange={(value) => setDays(value ?? '90')}
        />
        <Button size="xs" type="submit" variant="default" loading={create.isPending}>
          {t('account.makeToken')}
        </Button>
      </form>
      {create.isError && <Failed error={create.error} />}
      {create.data && (
        <>
          <CopyText label={t('account.tokenSecret')} text={create.data.secret} />
          <p className="sub small">{t('account.tokenOnce')}</p>
        </>
      )}
    </>
  )
}

/** Personal access tokens, for the API and the command line. */
export function Tokens() {
  const { t, format } = useI18n()
  const tokens = useApi('token.list', {})
  const revoke = useApiMutation('token.revoke', ['token'])
  return (
    <section className="card stack-tight">
      <h2>{t('account.tokens')}</h2>
      <p className="sub small">{t('account.tokensText')}</p>
      <Answer of={tokens} lines={2}>
        {({ rows }) => (
          <table className="plain">
            <tbody>
              {rows.map((token) => (
                <tr key={token.tokenId}>
                  <td dir="auto">{token.name}</td>
                  <td className="sub small">
                    {token.lastUsedAt
                      ? t('account.tokenUsed', { when: format.ago(token.lastUsedAt) })
                      : t('account.tokenUnused')}
                    {token.expiresAt && (
                      <> · {t('account.tokenUntil', { when: format.date(token.expiresAt) })}</>
                    )}
                  </td>
                  <td className="num">
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      color="red"
                      onClick={() => revoke.mutate({ params: { tokenId: token.tokenId } })}
                    >
                      {t('account.revoke')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Answer>
      <NewToken />
    </section>
  )
}
