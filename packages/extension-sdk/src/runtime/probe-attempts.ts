import type { ProbeAttempt } from '../protocol/probe'

type Report = Pick<ProbeAttempt, 'outcome' | 'detail'>

/** How long an attempt may take to succeed. */
const PATIENCE_MS = 3_000

/**
 * What the probe does in a worker, as text: the worker gets no other script. It is the same document's policy that has to stop it.
 *
 * @param target A script of the product's page; only whether it arrives is asked.
 */
export const probeWorkerSource = (target: string, socket: string): string => `
const target = ${JSON.stringify(target)}, socket = ${JSON.stringify(socket)};
const say = (id, outcome, detail) => ({ id, outcome, detail: String(detail).slice(0, 200) });
const attempt = async (id, act) => { try { return say(id, 'succeeded', await act()) } catch (error) { return say(id, 'refused', error && error.message || error) } };
Promise.all([
  attempt('worker-fetch', async () => { await fetch(target, { mode: 'no-cors' }); return 'the request was sent' }),
  attempt('worker-import', () => { importScripts(target); return 'the script was run' }),
  attempt('worker-socket', () => new Promise((resolve, reject) => { const opened = new WebSocket(socket); opened.onopen = () => resolve('the connection was made'); opened.onerror = () => reject('refused'); setTimeout(() => reject('no answer'), ${PATIENCE_MS}) })),
  attempt('worker-text', () => (0, eval)('"text was run"')),
]).then((attempts) => postMessage(attempts));
`

/** An attempt that has to be refused by the document's policy: a request that fails for another reason was sent all the same. */
export const refusedByPolicy = (directive: string, act: () => unknown): Promise<Report> =>
  new Promise((resolve) => {
    const finish = (outcome: Report['outcome'], detail: string) => {
      document.removeEventListener('securitypolicyviolation', listen)
      clearTimeout(timer)
      resolve({ outcome, detail })
    }
    const listen = ({ effectiveDirective }: SecurityPolicyViolationEvent) => {
      if (effectiveDirective.startsWith(directive)) finish('refused', `by ${effectiveDirective}`)
    }
    const timer = setTimeout(() => finish('succeeded', `no ${directive} of a policy stopped it`), PATIENCE_MS)
    document.addEventListener('securitypolicyviolation', listen)
    try {
      act()
    } catch (error) {
      finish('refused', error instanceof Error ? error.message : String(error))
    }
  })

/** An attempt that has to throw, or to find nothing. */
export const refusedAtOnce = (act: () => unknown): Report => {
  try {
    const found = act()
    return found === undefined || found === ''
      ? { outcome: 'refused', detail: 'nothing was there' }
      : { outcome: 'succeeded', detail: String(found).slice(0, 200) }
  } catch (error) {
    return { outcome: 'refused', detail: error instanceof Error ? error.message : String(error) }
  }
}
