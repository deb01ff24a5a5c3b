import { type ActiveExtension, isRefusal, type ProbeReport, parseProbeReport } from '@souk/extension-sdk/protocol'
import { createId } from '../create-id'
import { createFrame } from '../frame/create-frame'

export interface ProbeOptions {
  /** Of the probe's document. */
  readonly url: URL
  readonly isolation: ActiveExtension['isolation']
  /** What the probe looks for in storage and cookies; also its nonce. */
  readonly mark?: string
  /** How long it may take to report, in milliseconds. Default 30,000. */
  readonly timeoutMs?: number
}

/**
 * Mounts the probe as an extension's frame is mounted, and waits for its report. The frame is gone afterwards.
 *
 * @returns The report, or a sentence that says why there is none.
 */
export const openProbe = ({
  url,
  isolation,
  mark = createId(),
  timeoutMs = 30_000,
}: ProbeOptions): Promise<ProbeReport | string> =>
  new Promise((resolve) => {
    const address = new URL(url)
    address.hash = `n=${mark}&o=${encodeURIComponent(location.origin)}`
    const frame = createFrame(document, { src: address.href, isolation, title: 'Self-test' })
    const expectedOrigin = isolation === 'opaque' ? 'null' : url.origin
    const finish = (result: ProbeReport | string) => {
      clearTimeout(timer)
      removeEventListener('message', receive)
      frame.remove()
      resolve(result)
    }
    const receive = (event: MessageEvent) => {
      if (event.source === null || event.source !== frame.contentWindow) return
      if (event.origin !== expectedOrigin) return finish(`it spoke as ${event.origin}, not as ${expectedOrigin}`)
      const report = parseProbeReport(event.data, mark)
      if (!isRefusal(report)) finish(report)
    }
    const timer = setTimeout(() => finish(`${url.origin}/probe said nothing`), timeoutMs)
    addEventListener('message', receive)
    document.body.append(frame)
  })
