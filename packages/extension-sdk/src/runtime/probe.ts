import type { ProbeAttempt, ProbeAttemptId, ProbeReport } from '../protocol/probe'
import { createWorker } from './create-worker'
import { probeWorkerSource, refusedAtOnce, refusedByPolicy } from './probe-attempts'

const WORKER_MS = 10_000

/** What the page has laid out to be found has the nonce in it. */
const findMark = (text: string, mark: string): string | undefined => (text.includes(mark) ? mark : undefined)

/** Each feature that a frame could ask for, of which browsers with a feature policy know whether it may. */
const findFeature = (): string | undefined => {
  const { featurePolicy } = document as { readonly featurePolicy?: { allowsFeature(name: string): boolean } }
  return ['camera', 'microphone', 'geolocation', 'clipboard-read', 'payment', 'usb', 'fullscreen'].find((name) =>
    featurePolicy?.allowsFeature(name),
  )
}

const inWorker = (target: string, socket: string): Promise<readonly ProbeAttempt[]> =>
  new Promise((resolve) => {
    const source = new TextEncoder().encode(probeWorkerSource(target, socket))
    const worker = createWorker([source.buffer], { appId: 'probe', appInstallationId: 'probe' })
    const finish = (attempts: readonly ProbeAttempt[]) => {
      worker.terminate()
      resolve(attempts)
    }
    worker.onmessage = ({ data }) => finish(data)
    setTimeout(() => finish([]), WORKER_MS)
  })

/** Tries what no code of an extension may be able to do, with the rights of the frame's own document. */
const probe = async (host: string, mark: string): Promise<readonly ProbeAttempt[]> => {
  const target = `${host}/?${mark}`
  const socket = target.replace(/^http/, 'ws')
  const add = (name: 'img' | 'link' | 'iframe', properties: object) =>
    document.head.append(Object.assign(document.createElement(name), properties))
  // One after another, so that each hears its own violation.
  const inTurn = [
    ['fetch', 'connect-src', () => void fetch(target, { mode: 'no-cors' }).catch(() => {})],
    ['open-socket', 'connect-src', () => new WebSocket(socket)],
    ['load-image', 'img-src', () => add('img', { src: target })],
    ['load-style', 'style-src', () => add('link', { rel: 'stylesheet', href: target })],
    ['open-frame', 'frame-src', () => add('iframe', { src: target })],
  ] as const satisfies readonly (readonly [ProbeAttemptId, string, () => unknown])[]
  const attempts: ProbeAttempt[] = []
  for (const [id, directive, act] of inTurn) attempts.push({ id, ...(await refusedByPolicy(directive, act)) })
  const atOnce: Partial<Record<ProbeAttemptId, () => unknown>> = {
    'read-page': () => parent.document.title || 'a document',
    'read-page-storage': () => findMark(JSON.stringify({ ...parent.localStorage }), mark),
    'read-cookies': () => findMark(document.cookie, mark),
    // Whatever is there under this name is the page's, or another probe's.
    'read-storage': () => localStorage.getItem('souk-self-test') ?? undefined,
    'run-text': () => new Function('return "text was run"')(),
    'open-window': () => (window.open('about:blank') ? 'a window' : undefined),
    'use-features': findFeature,
  }
  for (const [id, act] of Object.entries(atOnce)) attempts.push({ id: id as ProbeAttemptId, ...refusedAtOnce(act) })
  // What a next frame on another host must not find.
  refusedAtOnce(() => localStorage.setItem('souk-self-test', mark))
  return [...attempts, ...(await inWorker(target, socket))]
}

const start = async () => {
  const fragment = new URLSearchParams(location.hash.slice(1))
  const nonce = fragment.get('n')
  const host = fragment.get('o')
  const allowed = document.documentElement.dataset.hostOrigins?.split(' ') ?? []
  if (!nonce || !host || !allowed.includes(host))
    return console.error('Souk: this document is opened by the self-test of a product alone.')
  const report: ProbeReport = { source: 'souk-probe', nonce, attempts: await probe(host, nonce) }
  parent.postMessage(report, host)
}

void start()
