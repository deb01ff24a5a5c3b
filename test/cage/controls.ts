import type { FrameAssets } from '@souk/server-adapter/sandbox'
import { buildUnfiltered, buildWeakRelay } from './assets'
import type { Attack, ControlResult, Isolation } from './attack'
import { attacks } from './attacks'
import { runMode } from './run-mode'
import { buildPage, type Patch } from './world/build-page'
import type { Weakness } from './world/create-world'

/** A build with one wall taken away. Attacks that were blocked have to succeed now, or they prove nothing. */
interface Control {
  readonly id: string
  readonly weakened: string
  readonly mode: Isolation
  /** Attacks that this wall stops. */
  readonly attacks: readonly string[]
  readonly page?: readonly Patch[]
  readonly relay?: readonly Patch[]
  readonly weakness?: Weakness
}

const HOST = 'packages/host/src/'
const RELAY = 'packages/extension-sdk/src/runtime/create-relay.ts'

/** The response with other headers; its body is only handed on. */
const withHeaders = (response: Response, change: (headers: Headers) => void): Response => {
  const headers = new Headers(response.headers)
  change(headers)
  return new Response(response.body, { status: response.status, headers })
}

const isFrame = (response: Response): boolean => response.headers.get('content-type')?.startsWith('text/html') ?? false

const CONTROLS: readonly Control[] = [
  {
    id: 'sandbox',
    weakened: "the frame's sandbox tokens, with the frame on the product's own origin",
    mode: 'origin',
    attacks: ['frame-read-page', 'frame-read-storage', 'frame-navigate-top', 'frame-popup', 'frame-alert'],
    page: [
      { file: `${HOST}frame/create-frame.ts`, from: /frame\.setAttribute\('sandbox'.*\n/, to: '\n' },
      { file: `${HOST}frame/allowed-origin.ts`, from: 'url.origin === page.origin', to: 'false' },
      { file: `${HOST}frame/allowed-origin.ts`, from: /extension\.isolation === 'origin' && /, to: 'false && ' },
    ],
    weakness: {
      onProductOrigin: true,
      sandboxResponse: (response) =>
        withHeaders(response, (headers) => {
          const policy = headers.get('content-security-policy')
          if (policy && isFrame(response))
            headers.set(
              'content-security-policy',
              policy
                .replace(/; sandbox [^;]*/, '')
                .replace(/script-src [^;]*/, "script-src 'self'")
                .replace(/connect-src [^;]*/, "connect-src 'self'"),
            )
          headers.delete('connection-allowlist')
        }),
    },
  },
  {
    id: 'csp',
    weakened: "the frame document's Content-Security-Policy and Connection-Allowlist",
    mode: 'origin',
    attacks: [
      'net-fetch-unfiltered',
      'net-xhr-unfiltered',
      'net-websocket-unfiltered',
      'net-import-unfiltered',
      'frame-image',
    ],
    weakness: {
      sandboxResponse: (response) =>
        isFrame(response)
          ? withHeaders(response, (headers) => {
              headers.delete('content-security-policy')
              headers.delete('connection-allowlist')
              headers.delete('cross-origin-embedder-policy')
            })
          : response,
    },
  },
  {
    id: 'source',
    weakened: "the host's check of the window, the origin and the nonce of a connect message",
    // In the other mode the exact origin would stop it as well.
    mode: 'opaque',
    attacks: ['frame-impostor'],
    page: [
      { file: `${HOST}frame/connect.ts`, from: /if \(event\.source !== frame\.contentWindow.*\n/, to: '\n' },
      {
        file: 'packages/extension-sdk/src/protocol/messages.ts',
        from: 'value.nonce !== expected.nonce',
        to: 'false',
      },
    ],
  },
  {
    id: 'props',
    weakened: "the host's filter of props",
    mode: 'origin',
    attacks: ['ui-style', 'ui-inner-html', 'ui-link-javascript', 'ui-class-name'],
    page: [
      {
        file: `${HOST}registry/check-props.ts`,
        from: 'if (!schema) {',
        to: 'props[prop] = value; continue; if (!schema) {',
      },
    ],
  },
  {
    id: 'relay',
    weakened: 'the parsing of messages in the relay',
    mode: 'origin',
    attacks: ['protocol-forged-stopped', 'protocol-prototype-key', 'protocol-other-installation'],
    relay: [
      { file: RELAY, from: /= parseBridgeMessage\(data,[^)]*\)/, to: '= data' },
      { file: RELAY, from: 'if (isForged(message))', to: 'if (false)' },
    ],
  },
]

const runControl = async ({
  id,
  weakened,
  mode,
  page = [],
  relay,
  weakness,
  ...control
}: Control): Promise<ControlResult> => {
  const chosen = control.attacks.map((name): Attack => {
    const attack = attacks.find((candidate) => candidate.id === name)
    if (!attack) throw new Error(`The control ${id} names the attack ${name}, which is not there.`)
    return attack
  })
  const worker: FrameAssets | undefined = relay ? await buildWeakRelay(relay) : undefined
  const results = await runMode({
    mode,
    attacks: chosen,
    page: await buildPage(page),
    assets: { ...(worker ? { worker } : {}), unfiltered: await buildUnfiltered() },
    ...(weakness ? { weakness } : {}),
  })
  const succeeded = results.filter(({ outcome }) => outcome === 'succeeded').map((result) => result.id)
  return { id, weakened, mode, caught: succeeded.length > 0, succeeded }
}

export const runControls = async (only?: readonly string[]): Promise<readonly ControlResult[]> => {
  const results: ControlResult[] = []
  for (const control of CONTROLS) if (!only || only.includes(control.id)) results.push(await runControl(control))
  return results
}
