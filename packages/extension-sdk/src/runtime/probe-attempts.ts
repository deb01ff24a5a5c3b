import type { ProbeAttempt } from '../protocol/probe'

type Report = Pick<ProbeAttempt, 'outcome' | 'detail'>

/** How long an attempt may take to succeed. */
const PATIENCE_MS = 2_000

/**
 * What the probe does in a worker, as text: the worker gets no other script. It is the same document's policy that has to stop it.
 *
 * @param target A script of the product's page; only whether it arrives is asked.
 */
export const probeWorkerSource = (target: string, socket: string): string => `
const target = ${JSON.stringify(target)}, socket = ${JSON.stringify(socket)};
const say = (id, outcome, detail) => ({ id, outcome, detail: String(detail).slice(0, 200) });
const violations = [];
const onViolation = new Set();
addEventListener('securitypolicyviolation', ({ effectiveDirective }) => { violations.push(effectiveDirective); for (const tell of onViolation) tell() });
const byPolicy = (id, directive, act) => new Promise((resolve) => {
  const stop = (outcome, detail) => { onViolation.delete(look); resolve(say(id, outcome, detail)) };
  const look = () => { const at = violations.findIndex((name) => name.startsWith(directive)); if (at >= 0) stop('refused', 'by ' + violations.splice(at, 1)) };
  onViolation.add(look);
  setTimeout(() => stop('succeeded', 'no ' + directive + ' of a policy stopped it'), ${PATIENCE_MS});
  try { act() } catch (error) { if (error instanceof TypeError || error.name === 'SecurityError') stop('refused', error.message) }
});
const run = async () => [
  await byPolicy('worker-fetch', 'connect-src', () => { fetch(target, { mode: 'no-cors' }).catch(() => {}) }),
  await byPolicy('worker-socket', 'connect-src', () => new WebSocket(socket)),
  await byPolicy('worker-import', 'script-src', () => importScripts(target)),
  (() => { try { return say('worker-text', 'succeeded', (0, eval)('"text was run"')) } catch (error) { return say('worker-text', 'refused', error.message) } })(),
];
run().then((attempts) => postMessage(attempts));
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
