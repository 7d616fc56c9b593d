/** A page that is not in view paints nothing: then this much later, in milliseconds. */
const unseenMs = 100

/** Resolves when the next frame is on the screen: what a person waits for goes before what they do not. */
export function afterPaint(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, unseenMs)
    requestAnimationFrame(() =>
      setTimeout(() => {
        clearTimeout(timer)
        resolve()
      }),
    )
  })
}
