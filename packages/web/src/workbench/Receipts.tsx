import { copyText, toast } from '../parts/index.ts'
import { useI18n } from '../platform/i18n/index.ts'
import type { Receipt } from './session.ts'

/** What the server took last, with what it said then: proof of what was sent, kept on this device. */
export function Receipts({ receipts }: { readonly receipts: readonly Receipt[] }) {
  const { t, format } = useI18n()
  if (receipts.length === 0) return null
  const copy = async (receipt: Receipt) => {
    const done = await copyText(JSON.stringify(receipt, null, 2))
    toast({ text: t(`workbench.refused.${done}`), tone: done === 'copied' ? 'done' : 'bad' })
  }
  return (
    <details className="wb-receipts">
      <summary>{t('workbench.receipts', { count: receipts.length })}</summary>
      <p className="sub">{t('workbench.receiptsHelp')}</p>
      <ul className="wb-recent">
        {receipts.map((r) => (
          <li key={r.key}>
            <button type="button" className="kb-option" onClick={() => void copy(r)}>
              <span className="kb-option-text">
                <b dir="auto">{r.item}</b> <span className="sub">{format.dateTime(r.at)}</span>
                <small className="kb-help">
                  {r.hash === undefined
                    ? t(`workbench.receipt.${r.act}`)
                    : t('workbench.receipt.hash', {
                        revision: r.revision ?? 1,
                        hash: r.hash.slice(0, 16),
                      })}
                </small>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
}
