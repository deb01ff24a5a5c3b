import { Agent, request } from 'node:http'

export interface Figures {
  readonly medianMs: number
  readonly p95Ms: number
  readonly p99Ms: number
  /** Requests a second. */
  readonly throughput: number
  readonly runs: number
}

export interface Operation {
  readonly url: string
  readonly method?: string
  /** Made anew for each request, such as one with a key of its own. */
  readonly body?: () => string
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 })

const askOnce = ({ url, method = 'GET', body }: Operation): Promise<void> =>
  new Promise((resolve, reject) => {
    // As a page of the product sends it.
    const headers = body ? { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' } : {}
    const sent = request(url, { method, headers, agent }, (response) => {
      response.resume()
      response.on('error', reject)
      response.on('end', () => {
        if (response.statusCode && response.statusCode < 300) resolve()
        else reject(new Error(`${method} ${url} answered ${response.statusCode}.`))
      })
    })
    sent.on('error', reject)
    sent.end(body?.())
  })

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN

/** Asks `runs` times with 8 requests at once, after some to warm up: by default a tenth of that. */
export const measure = async (
  operation: Operation,
  runs: number,
  warmUp: number = Math.ceil(runs / 10),
): Promise<Figures> => {
  const run = async (count: number): Promise<number[]> => {
    const times: number[] = []
    let left = count
    const worker = async () => {
      while (left-- > 0) {
        const started = performance.now()
        await askOnce(operation)
        times.push(performance.now() - started)
      }
    }
    await Promise.all(Array.from({ length: 8 }, worker))
    return times
  }
  await run(warmUp)
  const started = performance.now()
  const times = (await run(runs)).sort((a, b) => a - b)
  const seconds = (performance.now() - started) / 1000
  const round = (value: number) => Number(value.toFixed(2))
  return {
    medianMs: round(quantile(times, 0.5)),
    p95Ms: round(quantile(times, 0.95)),
    p99Ms: round(quantile(times, 0.99)),
    throughput: Math.round(runs / seconds),
    runs,
  }
}
