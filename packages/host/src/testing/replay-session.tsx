import {
  type ActiveExtension,
  type BridgeLimits,
  DEFAULT_LIMITS,
  type HostContext,
  isErrorCode,
  isRecord,
  isRefusal,
  isString,
  type PlainRecord,
  type PortLike,
} from '@souk/extension-sdk/protocol'
import { type ReactNode, useSyncExternalStore } from 'react'
import { createRoot } from 'react-dom/client'
import type { SoukClient } from '../api/souk-client'
import { createValue, type Value } from '../create-value'
import type { Diagnostic } from '../diagnostic'
import { HostError } from '../host-error'
import { isRecordedMessage, parseRecording } from '../recording/recording'
import type { Registry } from '../registry/create-registry'
import { type HostServices, type Souk, SoukContext } from '../souk-context'
import { createExtensionSession, type SurfaceInstance } from '../surfaces/extension-session'
import { createOverlays } from '../surfaces/overlays'
import { OverlaysView } from '../surfaces/overlays-view'
import { PausableRoot } from '../surfaces/pausable-root'

type Message = Readonly<Record<string, unknown>>

export interface ReplayOptions {
  /** The registry that the product hands to `SoukProvider`. */
  readonly registry: Registry
  /** Puts around what is drawn what the product has there, such as the provider of a theme. */
  readonly wrap?: (children: ReactNode) => ReactNode
  /** How long a message of the host may take to come, in milliseconds. Default 5,000. */
  readonly timeoutMs?: number
}

export interface Replay {
  /** Where the host of today said something else than the one that was recorded. None, when it still behaves as it did. */
  readonly problems: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
  /** What the page read after each thing the host did, without repeats. */
  readonly shown: readonly string[]
}

/**
 * Replays what an extension said in a session that the devtools recorded, to the host and the registry of today: each event that the user
 * caused is caused again on the component it came from, and every message of the host is compared with the one it sent then. It needs a page: jsdom, or a browser.
 *
 * @param recording The text of the file.
 * @throws {TypeError} when the file is no recording.
 */
export const replaySession = async (recording: string, options: ReplayOptions): Promise<Replay> => {
  const { registry, wrap = (children) => children, timeoutMs = 5_000 } = options
  const parsed = parseRecording(recording)
  if (isRefusal(parsed)) throw new TypeError(parsed.refused)
  const entries = parsed.entries.filter(isRecordedMessage)
  const { appId, appInstallationId, capabilities } = parsed.connect
  const problems: string[] = []
  const diagnostics: Diagnostic[] = []
  const shown: string[] = []
  /** Ids of then, and what stands in their place now. */
  const ids = new Map<string, string>()

  const ofHost = entries.filter(({ from }) => from === 'host').map(({ message }) => message)
  const init = payloadOf(ofHost.find(({ type }) => type === 'init') ?? {})
  const port = createPort()
  const services = createServices(entries, init)
  const overlays = createOverlays()
  const instances = createValue<readonly SurfaceInstance[]>([])
  // What the recorded host said of itself; the host of today takes it as its own.
  let souk: Souk = {
    client: services.client,
    registry,
    services: services.services,
    context: init.context as HostContext,
  }
  const session = createExtensionSession({
    extension: createExtension(appId, appInstallationId, entries, init),
    getSouk: () => souk,
    limits: { ...DEFAULT_LIMITS, ...(init.limits as Partial<BridgeLimits>) },
    overlays,
    report: (diagnostic) => void diagnostics.push(diagnostic),
    hold: () => () => undefined,
    connect({ onConnect }) {
      queueMicrotask(() => onConnect(port.port, 1, capabilities))
      return { dispose: () => undefined }
    },
  })

  const container = document.body.appendChild(document.createElement('div'))
  const root = createRoot(container)
  root.render(
    wrap(
      <SoukContext.Provider value={souk}>
        <Roots instances={instances} registry={registry} appTitle={appId} />
        <OverlaysView overlays={overlays} registry={registry} report={(one) => void diagnostics.push(one)} />
      </SoukContext.Provider>,
    ),
  )

  const storeOf = (rootId: unknown) =>
    [...instances.get(), ...overlays.get().dialogs].find(({ store }) => store.rootId === withIds(rootId, ids))?.store

  /** Does what the user, or the product, did then. */
  const act = (type: unknown, payload: Message): void => {
    const { kind, surfaceId, instanceId, context } = payload
    if (type === 'trigger-surface') {
      const call = { kind: String(kind), surfaceId: String(surfaceId), context: context as PlainRecord }
      const contracts: Readonly<Record<string, { readonly behavior: string }>> = registry.contract.surfaces
      if (contracts[call.kind]?.behavior === 'render') instances.set([...instances.get(), session.draw(call)])
      // Its failure is an answer of the extension, which is compared with the one of then.
      else session.trigger(call).catch(() => undefined)
    }
    if (type === 'event-handler-call') {
      const [id, prop = ''] = String(payload.handlerId).split(':')
      const store = storeOf(payload.rootId)
      if (!store) return void problems.push(`The root ${String(payload.rootId)} of an event is not on the page.`)
      void store.handler(Number(id), prop)(...(Array.isArray(payload.args) ? payload.args : []))
    }
    if (type === 'context-changed' && isString(instanceId))
      instances
        .get()
        .find(({ store }) => store.rootId === withIds(instanceId, ids))
        ?.update(context as PlainRecord)
    else if (type === 'context-changed') {
      souk = { ...souk, context: context as HostContext }
      session.updateContext(souk.context)
    }
    if (type === 'close-surface') {
      const dialog = overlays.get().dialogs.find(({ store }) => store.rootId === withIds(instanceId, ids))
      const instance = instances.get().find(({ store }) => store.rootId === withIds(instanceId, ids))
      if (instance) instances.set(instances.get().filter((one) => one !== instance))
      dialog?.onClose()
      instance?.close()
    }
    if (type === 'evaluate')
      session
        .evaluate(
          { kind: String(kind), surfaceId: String(surfaceId), context: context as PlainRecord },
          String(payload.expression),
          new AbortController().signal,
        )
        .catch(() => undefined)
  }

  const compare = (then: Message, now: Message) => {
    const label = `${String(then.kind)} ${String(then.type)}`
    if (isString(then.requestId) && isString(now.requestId)) ids.set(then.requestId, now.requestId)
    const before = payloadOf(then)
    const after = payloadOf(now)
    if (isString(before.instanceId) && isString(after.instanceId)) ids.set(before.instanceId, after.instanceId)
    if (then.kind === 'answer' && then.ok !== now.ok)
      problems.push(`${label}: was ${then.ok ? 'granted' : 'refused'}, and is now the other.`)
    if (then.kind !== 'request' || then.type === 'init') return
    const was = JSON.stringify(withIds(before, ids))
    const is = JSON.stringify(after)
    if (was !== is) problems.push(`${label}: was ${was}, and is now ${is}.`)
  }

  for (const { from, message } of entries) {
    if (message.type === 'ping' || message.type === 'ping-result' || message.type === 'abort') continue
    if (from === 'extension') {
      services.expect(message)
      port.deliver(withIds(message, ids))
      continue
    }
    await settle()
    if (message.kind === 'request') act(message.type, payloadOf(message))
    if (message.type === 'confirm-result') overlays.get().confirms[0]?.answer(message.value === true)
    const sent = await port.take(keyOf(withIds(message, ids) as Message), timeoutMs)
    if (sent) compare(message, sent)
    else problems.push(`The host did not send its ${String(message.kind)} ${String(message.type)}.`)
    await settle()
    const text = document.body.textContent ?? ''
    if (text !== shown.at(-1)) shown.push(text)
  }
  await settle()
  shown.push(document.body.textContent ?? '')
  session.dispose()
  overlays.dispose()
  root.unmount()
  container.remove()
  return { problems, diagnostics, shown: shown.filter((text, index) => text !== shown[index - 1]) }
}

interface RootsProps {
  readonly instances: Value<readonly SurfaceInstance[]>
  readonly registry: Registry
  readonly appTitle: string
}

const Roots = ({ instances, registry, appTitle }: RootsProps) =>
  useSyncExternalStore(instances.subscribe, instances.get).map(({ store, pause }) => (
    <PausableRoot key={store.rootId} store={store} pause={pause} registry={registry} appTitle={appTitle} />
  ))

const payloadOf = ({ payload }: Message): Message => (isRecord(payload) ? payload : {})

// Enough for effects that draw again, which in turn have effects.
const settle = async () => {
  for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setTimeout(resolve, 0))
}

/** A copy of a value with the ids of this session where the recorded ones were. */
const withIds = (value: unknown, ids: ReadonlyMap<string, string>): unknown => {
  if (isString(value)) return ids.get(value) ?? value
  if (Array.isArray(value)) return value.map((item) => withIds(item, ids))
  if (!isRecord(value) || ArrayBuffer.isView(value) || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withIds(item, ids)]))
}

/** Two sessions differ in the order of unrelated messages, so they are told apart by what they are. */
const keyOf = ({ kind, type, requestId }: Message): string =>
  kind === 'answer' ? `answer ${String(requestId)}` : `${String(kind)} ${String(type)}`

/** The extension's end of the bridge, played from the file. */
const createPort = () => {
  const listeners = new Set<(event: MessageEvent) => void>()
  const sent = new Map<string, Message[]>()
  const deliver = (data: unknown) => {
    // A channel reads nothing but the data of an event.
    for (const listener of [...listeners]) listener({ data } as MessageEvent)
  }
  const port: PortLike = {
    postMessage(raw: unknown) {
      const message: unknown = structuredClone(raw)
      if (!isRecord(message)) return
      const { v, appId, appInstallationId, type, requestId } = message
      // The watchdog asks when it likes.
      if (type === 'ping')
        return queueMicrotask(() =>
          deliver({
            ...{ v, appId, appInstallationId, requestId, source: 'souk-extension' },
            ...{ kind: 'answer', type: 'ping-result', ok: true, value: null },
          }),
        )
      const key = keyOf(message)
      sent.set(key, [...(sent.get(key) ?? []), message])
    },
    addEventListener: (_type, listener) => void listeners.add(listener),
    removeEventListener: (_type, listener) => void listeners.delete(listener),
    close: () => listeners.clear(),
  }
  return {
    port,
    deliver,
    /** The next message of a kind, as soon as there is one. */
    async take(key: string, timeoutMs: number): Promise<Message | undefined> {
      const until = Date.now() + timeoutMs
      while (!sent.get(key)?.length && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 2))
      return sent.get(key)?.shift()
    },
  }
}

/** An installation that has what the recorded one had. */
const createExtension = (
  appId: string,
  appInstallationId: string,
  entries: readonly { readonly message: Message }[],
  init: Message,
): ActiveExtension => {
  const named = entries.flatMap(({ message }) => {
    const { kind, surfaceId, surfaces } = payloadOf(message)
    const announced = Array.isArray(surfaces) ? surfaces.filter(isRecord) : []
    return [...(isString(surfaceId) ? [{ kind, id: surfaceId }] : []), ...announced]
  })
  const surfaces = new Map(
    named.map(({ kind, id }) => [
      `${String(kind)} ${String(id)}`,
      { kind: String(kind), id: String(id), label: String(id) },
    ]),
  )
  return {
    ...{ appId, appInstallationId, deploymentId: 'replayed', slug: appId, title: appId, avatarUrl: null },
    ...{ version: '0.0.0', isolation: 'origin', frameUrl: 'https://replayed.invalid/', needsConfiguration: false },
    surfaces: [...surfaces.values()],
    grantedScopes: Array.isArray(init.grantedScopes) ? init.grantedScopes.filter(isString) : [],
    // As it was sent to the extension.
    settings: init.settings as ActiveExtension['settings'],
  }
}

/** The product of then, and its server: they answer as they did. */
const createServices = (entries: readonly { readonly from: string; readonly message: Message }[], init: Message) => {
  const answers = new Map(
    entries
      .filter(({ from, message }) => from === 'host' && message.kind === 'answer')
      .map(({ message }) => [message.requestId, message]),
  )
  const waiting = new Map<unknown, (Message | undefined)[]>()
  /** What the next request of a type was answered with. */
  const next = async (type: string): Promise<unknown> => {
    const answer = waiting.get(type)?.shift()
    // It was given up before there was one.
    if (!answer) return new Promise(() => undefined)
    if (answer.ok === true) return answer.value
    const { code, message, ...details } = isRecord(answer.error) ? answer.error : {}
    throw new HostError(isErrorCode(code) ? code : 'INTERNAL', String(message), details)
  }
  const offered = Array.isArray(init.capabilities) ? init.capabilities : []
  const wasServed = (type: string) =>
    offered.includes(type) ||
    [...answers.values()].some((answer) => answer.type === `${type}-result` && answer.ok === true)
  const services: HostServices = {
    openUrl: () => undefined,
    ...(wasServed('navigate') ? { navigate: () => undefined } : {}),
    ...(wasServed('open-record') ? { openRecord: () => undefined } : {}),
    connectAccount: async () => (await next('connect-account')) === true,
  }
  const client: Pick<SoukClient, 'callFunction'> = {
    callFunction: async () => ({
      result: String(await next('run-server-function')),
      traceId: 'replayed',
      durationMs: 0,
    }),
  }
  return {
    services,
    // A session calls functions and nothing else.
    client: client as SoukClient,
    expect({ kind, type, requestId }: Message) {
      if (kind === 'request') waiting.set(type, [...(waiting.get(type) ?? []), answers.get(requestId)])
    },
  }
}
