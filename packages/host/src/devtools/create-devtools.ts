import {
  type ConnectMessage,
  createPackedReader,
  DEFAULT_LIMITS,
  envelopeOf,
  isPackedBatch,
  isRecord,
  isRefusal,
  isString,
  type PortLike,
  SUPPORTED_PROTOCOL_VERSIONS,
  sayOperations,
  type TreeBatch,
} from '@souk/extension-sdk/protocol'
import type { Diagnostic, ReportDiagnostic } from '../diagnostic'
import { type ConnectExtension, connectFrame } from '../frame/connect'
import { type RecordedMessage, writeRecording } from '../recording/recording'
import { messageBytes } from './message-bytes'
import { createTreeMirror, type MirrorNode } from './tree-mirror'

/** One message that crossed. */
export interface TrafficEntry {
  readonly id: number
  readonly at: Date
  readonly frameId: number
  readonly direction: 'to-extension' | 'to-product'
  readonly kind: string
  readonly type: string
  /** About how much of the bridge it took. */
  readonly bytes: number
  /** Of an answer: how long the other side took. */
  readonly durationMs: number | undefined
  /** Of an answer that is a refusal. */
  readonly code: string | undefined
  /** The message, with batches unpacked. */
  readonly message: unknown
}

export interface FrameView {
  readonly id: number
  readonly appInstallationId: string
  readonly title: string
  readonly version: string
  readonly state: 'starting' | 'running' | 'paused' | 'failed' | 'ended'
  /** Why it failed or is paused. */
  readonly code: string | undefined
  readonly since: Date
  readonly messages: number
  readonly bytes: number
  readonly roots: readonly RootView[]
  /** Whether its session is still held from the handshake on. */
  readonly canSave: boolean
}

export interface RootView {
  readonly rootId: string
  /** The place it is drawn in, such as `record.widgets`; a dialog has none. */
  readonly kind: string | undefined
  readonly root: MirrorNode
}

export interface DiagnosticEntry extends Diagnostic {
  readonly id: number
  readonly at: Date
}

export interface DevtoolsState {
  readonly traffic: readonly TrafficEntry[]
  readonly frames: readonly FrameView[]
  readonly diagnostics: readonly DiagnosticEntry[]
}

export interface Devtools {
  /** For `connect` of `SoukProvider`. */
  readonly connect: ConnectExtension
  /** For `onDiagnostic` of `SoukProvider`. */
  readonly report: ReportDiagnostic
  get(): DevtoolsState
  subscribe(listener: () => void): () => void
  /** Told of each message, as it crosses. */
  onMessage(listener: (entry: TrafficEntry) => void): () => void
  clearTraffic(): void
  clearDiagnostics(): void
  /** The session of a frame from its handshake on, as a file that `replaySession` of `@souk/host/testing` replays. `undefined` when it is not held. */
  record(frameId: number): string | undefined
}

export interface DevtoolsOptions {
  /** How a port is obtained. Default: a sandboxed frame, as in `SoukProvider`. */
  readonly connect?: ConnectExtension
  /** Told of diagnostics as well. Default: a warning in the console. */
  readonly onDiagnostic?: ReportDiagnostic
}

const KEPT = 500
/** Frames that are gone and still shown. */
const KEPT_FRAMES = 20
/** What of one session is held to be saved. One that is longer says so. */
const RECORDED_MESSAGES = 20_000
const RECORDED_BYTES = 32 * 1024 * 1024

interface Frame extends Omit<FrameView, 'roots' | 'canSave'> {
  readonly trees: Map<string, RootView & { readonly apply: (batch: TreeBatch) => void }>
  connect: ConnectMessage | undefined
  recorded: RecordedMessage[] | undefined
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

const warn: ReportDiagnostic = ({ code, message, appInstallationId }) =>
  console.warn(`[souk] ${code}${appInstallationId ? ` (${appInstallationId})` : ''}: ${message}`)

/**
 * Watches what a product and its extensions say to each other, for `DevtoolsPanel`.
 *
 * Nothing of it runs unless its `connect` is given to the provider: the host has no hook for it that a product without it would pay for.
 */
export const createDevtools = ({ connect = connectFrame, onDiagnostic = warn }: DevtoolsOptions = {}): Devtools => {
  const listeners = new Set<() => void>()
  const messageListeners = new Set<(entry: TrafficEntry) => void>()
  let frames: readonly Mutable<Frame>[] = []
  let traffic: readonly TrafficEntry[] = []
  let diagnostics: readonly DiagnosticEntry[] = []
  let state: DevtoolsState | undefined
  let nextId = 1

  const changed = () => {
    state = undefined
    for (const listener of [...listeners]) listener()
  }

  const hear = (frame: Mutable<Frame>) => {
    /** A batch is read by all that came before it, so each root has a reader of its own. */
    const readers = new Map<string, ReturnType<typeof createPackedReader>>()
    const asked = new Map<string, number>()
    const unpack = (message: unknown): unknown => {
      if (!isRecord(message) || !isPackedBatch(message.payload)) return message
      const { rootId } = message.payload
      const reader = readers.get(rootId) ?? createPackedReader(DEFAULT_LIMITS)
      readers.set(rootId, reader)
      const batch = reader.unpack(message.payload)
      return { ...message, payload: isRefusal(batch) ? batch.refused : batch }
    }
    const durationOf = (kind: unknown, requestId: unknown): number | undefined => {
      if (!isString(requestId)) return undefined
      if (kind === 'request') asked.set(requestId, performance.now())
      const since = kind === 'answer' ? asked.get(requestId) : undefined
      if (since === undefined) return undefined
      asked.delete(requestId)
      return performance.now() - since
    }

    return (direction: TrafficEntry['direction'], raw: unknown) => {
      const bytes = messageBytes(raw)
      const message = unpack(raw)
      const { kind = '', type = '', requestId, ok, error } = isRecord(message) ? message : {}
      frame.messages++
      frame.bytes += bytes
      if (frame.recorded && (frame.messages > RECORDED_MESSAGES || frame.bytes > RECORDED_BYTES))
        frame.recorded = undefined
      if (isRecord(raw))
        frame.recorded?.push({ from: direction === 'to-extension' ? 'host' : 'extension', message: raw })
      if (isRecord(message)) follow(frame, direction, message)
      const entry: TrafficEntry = {
        id: nextId++,
        at: new Date(),
        frameId: frame.id,
        direction,
        kind: String(kind),
        type: String(type),
        bytes,
        durationMs: durationOf(kind, requestId),
        code: ok === false && isRecord(error) ? String(error.code) : undefined,
        message,
      }
      traffic = [...traffic.slice(1 - KEPT), entry]
      for (const listener of [...messageListeners]) listener(entry)
      changed()
    }
  }

  return {
    connect(options) {
      const { extension } = options
      const frame: Mutable<Frame> = {
        id: nextId++,
        appInstallationId: extension.appInstallationId,
        title: extension.title,
        version: extension.version,
        state: 'starting',
        code: undefined,
        since: new Date(),
        messages: 0,
        bytes: 0,
        trees: new Map(),
        connect: undefined,
        recorded: [],
      }
      const isOver = ({ state }: Frame) => state === 'failed' || state === 'ended'
      const gone = frames.filter(isOver).slice(0, 1 - KEPT_FRAMES)
      frames = [...frames.filter((one) => !gone.includes(one)), frame]
      changed()
      const connection = connect({
        ...options,
        onConnect(port, version, capabilities = []) {
          frame.connect = {
            ...envelopeOf('souk-extension', extension),
            type: 'connect',
            // The real one is spent, and nobody else's to know.
            nonce: 'recorded',
            versions: SUPPORTED_PROTOCOL_VERSIONS,
            capabilities,
          }
          frame.state = 'running'
          options.onConnect(tap(port, hear(frame)), version, capabilities)
          changed()
        },
        onEnd(error) {
          Object.assign(frame, { state: 'failed', code: error.code, trees: new Map() })
          options.onEnd(error)
          changed()
        },
      })
      return {
        dispose() {
          if (!isOver(frame)) Object.assign(frame, { state: 'ended', trees: new Map() })
          connection.dispose()
          changed()
        },
      }
    },
    report(diagnostic) {
      diagnostics = [...diagnostics.slice(1 - KEPT), { ...diagnostic, id: nextId++, at: new Date() }]
      onDiagnostic(diagnostic)
      changed()
    },
    get() {
      state ??= {
        traffic,
        diagnostics,
        frames: frames.map(({ trees, recorded, connect, ...frame }) => ({
          ...frame,
          roots: [...trees.values()],
          canSave: recorded !== undefined && connect !== undefined,
        })),
      }
      return state
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    onMessage(listener) {
      messageListeners.add(listener)
      return () => void messageListeners.delete(listener)
    },
    clearTraffic() {
      traffic = []
      changed()
    },
    clearDiagnostics() {
      diagnostics = []
      changed()
    },
    record(frameId) {
      const { connect, recorded } = frames.find(({ id }) => id === frameId) ?? {}
      return connect && recorded ? writeRecording({ connect, entries: recorded }) : undefined
    },
  }
}

/** The same port, with somebody listening. */
const tap = (port: PortLike, hear: (direction: TrafficEntry['direction'], message: unknown) => void): PortLike => {
  port.addEventListener('message', ({ data }) => hear('to-product', data))
  return {
    postMessage(message, transfer) {
      hear('to-extension', message)
      port.postMessage(message, transfer)
    },
    addEventListener: (type, listener) => port.addEventListener(type, listener),
    removeEventListener: (type, listener) => port.removeEventListener(type, listener),
    start: () => port.start?.(),
    close: () => port.close?.(),
  }
}

/** What a message says of a frame and its roots. It may be anything at all: a hostile frame is looked at most closely. */
const follow = (
  frame: Mutable<Frame>,
  direction: TrafficEntry['direction'],
  { type, payload }: Readonly<Record<string, unknown>>,
) => {
  if (!isRecord(payload)) return
  if (direction === 'to-extension') {
    const { instanceId, kind } = payload
    if (type === 'trigger-surface' && isString(instanceId) && isString(kind)) openTree(frame, instanceId, kind)
    if (type === 'close-surface' && isString(instanceId)) frame.trees.delete(instanceId)
    return
  }
  if (type === 'frozen') Object.assign(frame, { state: 'paused', code: String(payload.code) })
  if (type === 'thawed') Object.assign(frame, { state: 'running', code: undefined })
  if (type === 'stopped') Object.assign(frame, { state: 'failed', code: String(payload.code) })
  if (type === 'close-dialog') frame.trees.delete(`dialog:${String(payload.dialogId)}`)
  if (type === 'render-component' && isString(payload.rootId) && Array.isArray(payload.operations)) {
    const tree = frame.trees.get(payload.rootId) ?? openTree(frame, payload.rootId, undefined)
    // The host refuses it when it is none; then the mirror shows what it could read.
    tree.apply(payload as unknown as TreeBatch)
  }
}

const openTree = (frame: Mutable<Frame>, rootId: string, kind: string | undefined) => {
  const { root, writer } = createTreeMirror()
  const tree = {
    rootId,
    kind,
    root,
    apply({ operations }: TreeBatch) {
      try {
        sayOperations(operations, writer)
      } catch {
        // Malformed: the host says why, in a diagnostic.
      }
    },
  }
  frame.trees.set(rootId, tree)
  return tree
}
