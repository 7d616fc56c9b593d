/** To the person at the terminal. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`)
export const complain = (line: string): void => void process.stderr.write(`${line}\n`)

/** Bytes to the output. A reader that has seen enough (`| head`) ends it quietly. */
export async function passOn(chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const out = process.stdout
  const failed = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  }
  out.on('error', failed)
  try {
    for await (const chunk of chunks) {
      const error = await new Promise<NodeJS.ErrnoException | null | undefined>((done) => {
        out.write(chunk, done)
      })
      if (error?.code === 'EPIPE') return
      if (error) throw error
    }
  } finally {
    out.off('error', failed)
  }
}

/** One line that is written over; on anything but a terminal, nothing. */
export function createStatusLine(): { show(text: string): void; end(): void } {
  const terminal = process.stderr.isTTY === true
  let shown = false
  return {
    show: (text) => {
      if (!terminal) return
      process.stderr.write(`\r\u001b[K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`)
      shown = true
    },
    end: () => {
      if (shown) process.stderr.write('\r\u001b[K')
      shown = false
    },
  }
}

export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit] ?? ''}`
}
