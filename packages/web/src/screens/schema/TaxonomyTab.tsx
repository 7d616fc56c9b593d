import { LocalTextInput, languageOf } from '@kasauti/catalog/browser'
import { type LocalText, localText } from '@kasauti/core'
import { Button, FileButton, Group, Select, Textarea, TextInput } from '@mantine/core'
import { useDeferredValue, useMemo, useState } from 'react'
import { Answer, toast } from '../../parts/index.ts'
import { client, errorText, problemText, refreshAnswers, useApi } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { readTaxonomy, taxonomyFigures } from './taxonomy-text.ts'

const example =
  'Sport = खेल | khel, games\n  Cricket = क्रिकेट\n  Hockey = हॉकी\nPolitics = राजनीति | rajneeti'
const maxBytes = 20_000_000

/** Taxonomies of the project: make one, or publish a new version of one, from a file or pasted text. */
export function TaxonomyTab({
  projectId,
  readOnly,
}: {
  readonly projectId: string
  readonly readOnly: boolean
}) {
  const { t, locale, format } = useI18n()
  const taxonomies = useApi('taxonomy.list', { params: { projectId } })
  return (
    <div className="sd-taxonomies">
      <div className="card">
        <h2>{t('schema.taxonomy.list')}</h2>
        <Answer of={taxonomies}>
          {({ rows }) =>
            rows.length === 0 ? (
              <p className="sub">{t('schema.taxonomy.none')}</p>
            ) : (
              <table className="plain">
                <thead>
                  <tr>
                    <th scope="col">{t('schema.taxonomy.name')}</th>
                    <th scope="col">{t('schema.version')}</th>
                    <th scope="col" className="num">
                      {t('schema.taxonomy.nodes')}
                    </th>
                    <th scope="col">{t('schema.at')}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((x) => (
                    <tr key={x.taxonomyId}>
                      <td dir="auto">
                        {localText(x.title, locale)} <span className="sub mono">{x.name}</span>
                      </td>
                      <td>{x.version}</td>
                      <td className="num">{format.number(x.nodes)}</td>
                      <td>{format.dateTime(x.updatedAt)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )
          }
        </Answer>
      </div>
      {!readOnly && <NewVersion projectId={projectId} known={taxonomies.data?.rows ?? []} />}
    </div>
  )
}

type Known = readonly {
  readonly name: string
  readonly title: LocalText
  readonly version: number
}[]

function NewVersion({ projectId, known }: { readonly projectId: string; readonly known: Known }) {
  const { t, locale } = useI18n()
  const [text, setText] = useState('')
  const [name, setName] = useState('')
  const [title, setTitle] = useState<LocalText>({ en: '' })
  const later = useDeferredValue(text)
  const read = useMemo(() => (later.trim() === '' ? undefined : readTaxonomy(later)), [later])
  const nameIsGood = /^[a-z][a-z0-9_-]{0,39}$/.test(name)
  const good =
    read !== undefined &&
    read.problems.length === 0 &&
    nameIsGood &&
    title.en !== '' &&
    later === text
  const takeFile = async (file: File | null) => {
    if (!file) return
    if (file.size > maxBytes) toast({ text: t('schema.taxonomy.tooLarge'), tone: 'bad' })
    else setText(await file.text())
  }
  const publish = async () => {
    if (!read || !good) return
    try {
      const made = await client.call('taxonomy.publish', {
        params: { projectId, name },
        body: { title, nodes: [...read.nodes] },
      })
      toast({ text: t('schema.taxonomy.published', { name, version: made.version }) })
      setText('')
      await refreshAnswers(['taxonomy'], projectId)
    } catch (error) {
      toast({ text: errorText(error, t), tone: 'bad' })
    }
  }
  return (
    <div className="card kb-form">
      <h2>{t('schema.taxonomy.new')}</h2>
      {known.length > 0 && (
        <Select
          size="xs"
          clearable
          label={t('schema.taxonomy.of')}
          data={known.map((x) => ({ value: x.name, label: localText(x.title, locale) }))}
          value={known.some((x) => x.name === name) ? name : null}
          onChange={(chosen) => {
            const found = known.find((x) => x.name === chosen)
            setName(found?.name ?? '')
            setTitle(found?.title ?? { en: '' })
          }}
        />
      )}
      <Group grow align="flex-start" gap={8}>
        <TextInput
          size="xs"
          label={t('schema.taxonomy.id')}
          placeholder="topics"
          value={name}
          error={name !== '' && !nameIsGood ? t('schema.taxonomy.idRule') : undefined}
          onChange={(e) => setName(e.currentTarget.value)}
        />
      </Group>
      <LocalTextInput label={t('schema.title')} value={title} onChange={setTitle} />
      <Group gap={8}>
        <FileButton onChange={(file) => void takeFile(file)} accept=".csv,.tsv,.json,.txt">
          {(button) => (
            <Button size="xs" variant="default" {...button}>
              {t('schema.taxonomy.file')}
            </Button>
          )}
        </FileButton>
        <span className="sub small">{t('schema.taxonomy.formats')}</span>
      </Group>
      <Textarea
        label={t('schema.taxonomy.paste')}
        classNames={{ input: 'mono' }}
        autosize
        minRows={6}
        maxRows={16}
        placeholder={example}
        spellCheck={false}
        value={text.length > 200_000 ? `${text.slice(0, 200_000)}…` : text}
        readOnly={text.length > 200_000}
        onChange={(e) => setText(e.currentTarget.value)}
      />
      {read && <Reading read={read} />}
      <Group justify="flex-end">
        {text !== '' && (
          <Button size="xs" variant="default" onClick={() => setText('')}>
            {t('schema.taxonomy.clear')}
          </Button>
        )}
        <Button size="xs" disabled={!good} onClick={() => void publish()}>
          {t('schema.taxonomy.publish')}
        </Button>
      </Group>
    </div>
  )
}

function Reading({ read }: { readonly read: ReturnType<typeof readTaxonomy> }) {
  const { t, format } = useI18n()
  const figures = taxonomyFigures(read.nodes)
  const n = format.number
  return (
    <div>
      <p role="status">
        <span className="tag accent">{t(`schema.taxonomy.shape.${read.shape}`)}</span>{' '}
        {t('schema.taxonomy.figures', {
          nodes: n(figures.nodes),
          roots: n(figures.roots),
          leaves: n(figures.leaves),
          levels: n(figures.levels),
          hindi: n(figures.hindi),
        })}
      </p>
      {read.problems.length > 0 ? (
        <ul className="sd-problems">
          {read.problems.slice(0, 20).map((p) => (
            <li key={`${p.path} ${p.message}`}>
              <code>{p.path}</code> {problemText(p, t)}
            </li>
          ))}
          {read.problems.length > 20 && (
            <li>{t('schema.taxonomy.more', { n: read.problems.length - 20 })}</li>
          )}
        </ul>
      ) : (
        <ul className="sd-nodes">
          {read.nodes.slice(0, 12).map((x) => (
            <li key={x.id} dir="auto">
              <code>{x.id}</code> {x.title.en}{' '}
              {x.title.hi && <span lang={languageOf(x.title.hi)}>{x.title.hi}</span>}{' '}
              <span className="sub">{x.aliases?.join(', ')}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
