import type { WireOutput } from '@kasauti/contract'
import { ApiError, newIdempotencyKey } from '@kasauti/contract/client'
import { client } from './client.ts'
import { sessionEnded } from './session.ts'

type Upload = WireOutput<'upload.create'>
export type UploadWatch = {
  /** Bytes sent so far. */
  readonly onProgress: (sent: number) => void
  readonly signal: AbortSignal
}

function answerOf(request: XMLHttpRequest): Upload {
  let document: Record<string, unknown> = {}
  try {
    document = JSON.parse(request.responseText) as Record<string, unknown>
  } catch {
    // Below: an answer that is not JSON is no success.
  }
  if (request.status >= 200 && request.status < 300 && 'uploadId' in document)
    return document as Upload
  if (request.status === 401) sessionEnded()
  throw new ApiError(request.status, document)
}

/**
 * Send a file's bytes as an upload. XMLHttpRequest, because `fetch` does not tell how much was sent.
 * @throws ApiError (status 0: nothing answered), or the signal's reason when aborted
 */
export function uploadFile(projectId: string, file: File, watch: UploadWatch): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(
      'POST',
      client.url('upload.create', { params: { projectId }, query: { fileName: file.name } }),
    )
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('idempotency-key', newIdempotencyKey())
    request.upload.onprogress = (event) => watch.onProgress(event.loaded)
    request.onerror = () => reject(new ApiError(0, { code: 'network/unreachable' }))
    request.onabort = () => reject(watch.signal.reason)
    request.onload = () => {
      try {
        resolve(answerOf(request))
      } catch (thrown) {
        reject(thrown)
      }
    }
    watch.signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}
