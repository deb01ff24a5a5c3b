import { StorageError } from '@souk/server-adapter/storage'
import { AwsClient } from 'aws4fetch'
import type { BundleContents } from './bundle-contents'

export interface S3ContentsOptions {
  /** Of the service, without the bucket, such as `https://s3.eu-central-1.amazonaws.com`. The bucket becomes the first part of the path. */
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  /** Put before every key. Default `bundles/`. */
  readonly prefix?: string
  /** Milliseconds for one attempt of one request. Default 30,000. */
  readonly timeoutMs?: number
}

/** Keeps the bytes of bundles in a bucket of S3 or of any service that speaks its protocol. The bucket need not, and should not, be public. */
export const createS3Contents = (options: S3ContentsOptions): BundleContents => {
  const { endpoint, bucket, prefix = 'bundles/', timeoutMs = 30_000 } = options
  const client = new AwsClient({ ...options, service: 's3', retries: 3 })
  const base = `${endpoint.replace(/\/+$/, '')}/${encodeURIComponent(bucket)}/${prefix}`

  const send = async (
    method: string,
    key: string,
    allowed: readonly number[],
    body?: Uint8Array,
  ): Promise<Response> => {
    // The signal is of all attempts together.
    const signal = AbortSignal.timeout(timeoutMs * 4)
    const url = `${base}${encodeURIComponent(key)}`
    // Every Uint8Array is a body; the type of fetch leaves out those on shared memory, which no bundle stands on.
    const init = { method, signal, ...(body ? { body: body as Uint8Array<ArrayBuffer> } : {}) }
    const response = await client.fetch(url, init).catch((cause: unknown) => {
      throw unavailable(`did not answer`, cause)
    })
    if (!response.ok && !allowed.includes(response.status)) {
      const answer = await response.text().catch(() => '')
      throw unavailable(`answered ${response.status}`, new Error(answer.slice(0, 1_000)))
    }
    return response
  }

  return {
    async put(key, content) {
      await (await send('PUT', key, [], content)).arrayBuffer()
    },
    async get(key) {
      const response = await send('GET', key, [404])
      const content = await response.arrayBuffer().catch((cause: unknown) => {
        throw unavailable('ended in the middle of an answer', cause)
      })
      return response.status === 404 ? null : new Uint8Array(content)
    },
    async remove(key) {
      await (await send('DELETE', key, [404])).arrayBuffer()
    },
  }
}

const unavailable = (what: string, cause: unknown): StorageError =>
  new StorageError(
    'UNAVAILABLE',
    `The object store of the bundles ${what}. Try again; if it stays, check its address, bucket and credentials.`,
    { cause },
  )
