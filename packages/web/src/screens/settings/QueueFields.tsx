import type { WireOutput } from '@kasauti/contract'
import { NumberInput, Radio } from '@mantine/core'
import { useT } from '../../platform/i18n/index.ts'

export type QueueSettings = WireOutput<'project.get'>['settings']['queue']
const orders = ['sequential', 'random', 'uncertainty', 'least-labelled'] as const

type CapProps = {
  readonly name: 'dailyCap' | 'heldCap'
  readonly max: number
  readonly queue: QueueSettings
  readonly onChange: (queue: QueueSettings) => void
}
/** A number, or empty for no limit. */
function Cap({ name, max, queue, onChange }: CapProps) {
  const t = useT()
  return (
    <NumberInput
      label={t(`settings.${name}`)}
      description={t(`settings.${name}Text`)}
      placeholder={t('settings.noCap')}
      min={1}
      max={max}
      allowDecimal={false}
      clampBehavior="blur"
      value={queue[name] ?? ''}
      onChange={(value) => {
        const { [name]: _, ...rest } = queue
        const cap = Math.floor(Number(value))
        onChange(cap >= 1 ? { ...rest, [name]: cap } : rest)
      }}
    />
  )
}

/** In which order items are handed out, and how many to one person. */
export function QueueFields({ queue, onChange }: Pick<CapProps, 'queue' | 'onChange'>) {
  const t = useT()
  return (
    <>
      <Radio.Group
        label={t('settings.order')}
        description={t('settings.orderText')}
        value={queue.order}
        onChange={(value) => {
          const order = orders.find((o) => o === value)
          if (order) onChange({ ...queue, order })
        }}
      >
        <div className="columns queue-orders">
          {orders.map((order) => (
            <Radio
              key={order}
              value={order}
              label={t(`settings.order.${order}`)}
              description={t(`settings.order.${order}Text`)}
            />
          ))}
        </div>
      </Radio.Group>
      <div className="columns">
        <Cap name="dailyCap" max={10_000} queue={queue} onChange={onChange} />
        <Cap name="heldCap" max={100} queue={queue} onChange={onChange} />
      </div>
    </>
  )
}
