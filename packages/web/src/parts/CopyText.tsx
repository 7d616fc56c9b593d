import { Button, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { useT } from '../platform/i18n/index.ts'
import { toast } from './toast.tsx'

/** Put text on the clipboard; also on plain-http pages, where the clipboard interface is missing. */
export async function copyText(
  text: string,
  box?: HTMLInputElement | null,
): Promise<'copied' | 'failed'> {
  try {
    await navigator.clipboard.writeText(text)
    return 'copied'
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    area.setAttribute('readonly', '')
    area.className = 'offscreen'
    ;(box?.parentElement ?? document.body).append(area)
    area.select()
    const copied = document.execCommand('copy')
    area.remove()
    return copied ? 'copied' : 'failed'
  }
}

/** A text that is there to be copied: an invitation link, a token. */
export function CopyText({ label, text }: { readonly label: string; readonly text: string }) {
  const t = useT()
  const box = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    const outcome = await copyText(text, box.current)
    setCopied(outcome === 'copied')
    if (outcome === 'failed') {
      box.current?.select()
      toast({ text: t('parts.copyFailed'), tone: 'bad' })
    }
  }
  return (
    <div className="copy-text">
      <TextInput
        className="grow"
        ref={box}
        label={label}
        value={text}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
        classNames={{ input: 'mono' }}
      />
      <Button variant="default" onClick={() => void copy()}>
        {copied ? t('parts.copied') : t('parts.copy')}
      </Button>
    </div>
  )
}
