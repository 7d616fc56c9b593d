import { Button } from '@mantine/core'
import { type DragEvent, useRef, useState } from 'react'
import { useT } from '../../platform/i18n/index.ts'

/** Where a file is dropped, or chosen by a button. */
export function DropZone({ onFile }: { readonly onFile: (file: File) => void }) {
  const t = useT()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file) onFile(file)
  }
  return (
    <section
      className={over ? 'drop-zone over' : 'drop-zone'}
      aria-label={t('import.drop')}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <strong>{t('import.drop')}</strong>
      <span className="sub">{t('import.formats')}</span>
      <input
        ref={input}
        type="file"
        hidden
        data-testid="import-file"
        accept=".jsonl,.ndjson,.json,.csv,.tsv,.txt"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          if (file) onFile(file)
          event.currentTarget.value = ''
        }}
      />
      <Button variant="default" onClick={() => input.current?.click()}>
        {t('import.choose')}
      </Button>
    </section>
  )
}
