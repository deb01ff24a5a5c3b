import { type BoundFunctions, getQueriesForElement, type queries } from '@testing-library/dom'
import { type UserEvent, userEvent } from '@testing-library/user-event'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import type { App } from '../app/surfaces'
import { isAsyncIterable } from '../client/read-parts'
import { decodeValue, encodeValue } from '../protocol/function-call'
import type { ExtensionRequests, ExtensionRequestType, HostContext, PlainRecord } from '../protocol/messages'
import { isRefusal } from '../protocol/parse'
import type { PlainValue } from '../protocol/plain-value'
import { SdkError } from '../sdk-error'
import { type OfferMethods, PanelListener, RootView } from './draw-html'
import { createFakeHandle, type FakeFile } from './fake-files'
import { createFakeHost, DEFAULT_CONTEXT } from './fake-host'
import { type ContextOf, placeSurface, type SurfacePart, type TestSurface } from './test-surface'

// biome-ignore lint/suspicious/noExplicitAny: it stands for every server function; what each takes, its own type says.
export type ServerFunctions = Readonly<Record<string, (...args: any[]) => unknown>>

type Settings = { readonly organization?: object; readonly user?: object }

export interface RendererOptions<S extends TestSurface> {
  /** What the product says about the place: the record, the selection, the block. */
  readonly context?: ContextOf<S>
  /** What the app was set to, without its secrets. */
  readonly settings?: Settings
  /** What the server functions answer, by the name of their export or by `path#export`. */
  readonly serverFunctions?: ServerFunctions
  /** Theme, locale, user and organization. */
  readonly host?: Partial<HostContext>
  readonly grantedScopes?: readonly string[]
  /** The place, when the surface does not say it: `callRecording.insight`, or a surface that the product declares. */
  readonly kind?: string
  /** Of a block: its `panel`, unless the test is about its `node`. */
  readonly part?: SurfacePart
}

type Payload<T extends ExtensionRequestType> = ExtensionRequests[T]['payload']

/** What the extension asked of the product, in order. */
export interface FakeHostRecord {
  readonly toasts: readonly Payload<'show-toast'>[]
  readonly confirmations: readonly Payload<'confirm'>[]
  readonly navigations: readonly string[]
  readonly openedRecords: readonly Payload<'open-record'>[]
  readonly openedUrls: readonly string[]
  /** Server functions that were called, with their arguments. */
  readonly calls: readonly { readonly id: string; readonly args: readonly unknown[] }[]
  /** Files that were chosen in a `FileInput`, with the handles that the extension was given for them. */
  readonly files: readonly FakeFile[]
  /** What nobody caught, and what the host refused. A test that expects none may say so. */
  readonly errors: readonly { readonly code: string; readonly message: string }[]
  readonly logs: readonly { readonly level: string; readonly message: string }[]
}

/** A surface as the user sees it, with Testing Library's queries, and the product around it. */
export interface Renderer<S extends TestSurface> extends BoundFunctions<typeof queries> {
  readonly container: HTMLElement
  readonly user: UserEvent
  readonly host: FakeHostRecord
  /** Starts an action, as the user does in a menu. Resolves when it has ended; rejects with what it threw. */
  trigger(): Promise<void>
  /** Whether the product would offer it here. */
  shouldShow(): Promise<boolean>
  /** Another record, or another selection. */
  update(context: ContextOf<S>): Promise<void>
  /** The values of the panel of a block, as the product would save them. */
  values(): PlainRecord
  /** Runs a block with an input, as the editor does with one that can run alone. */
  run(input: object, state?: object): Promise<PlainValue>
  /** Closes everything. Effects have been cleaned up when it resolves. */
  unmount(): Promise<void>
}

const findFunction = (functions: ServerFunctions, id: string) => {
  const name = id.slice(id.lastIndexOf('#') + 1)
  const found =
    functions[id] ?? functions[name === 'default' ? id.replace(/^.*\/|\.server\..*$/g, '') : name] ?? functions[name]
  if (found) return found
  const known = Object.keys(functions).join(', ') || 'none'
  throw new SdkError('NOT_FOUND', `The test has no server function ${id}; it has ${known}. Add it to serverFunctions.`)
}

interface Overlay {
  readonly key: string
  readonly title: string
  readonly description?: string | undefined
  readonly confirmLabel?: string | undefined
  readonly answer?: (isConfirmed: boolean) => void
}

/**
 * Renders a surface in the real reconciler, over the real protocol, into a host that draws plain HTML.
 *
 * Needs a DOM, such as vitest's `jsdom`, and the packages `@testing-library/dom`, `@testing-library/user-event` and `react-dom`.
 *
 * @returns When a widget, panel or node has been drawn; an action waits for `trigger()`.
 */
export const createRenderer = async <const S extends TestSurface>(
  surface: S,
  options: RendererOptions<S> = {},
): Promise<Renderer<S>> => {
  const { serverFunctions = {}, settings, grantedScopes, part } = options
  let context = { ...(options.context as object | undefined) } as Readonly<Record<string, unknown>>
  const { kind, app } = placeSurface(surface, context, { kind: options.kind, part })
  if (kind === 'workflow.panels' || kind === 'workflow.nodes') context = { nodeId: 'node', ...context }

  const record = {
    toasts: [] as Payload<'show-toast'>[],
    confirmations: [] as Payload<'confirm'>[],
    navigations: [] as string[],
    openedRecords: [] as Payload<'open-record'>[],
    openedUrls: [] as string[],
    calls: [] as { id: string; args: readonly unknown[] }[],
    files: [] as FakeFile[],
  }
  const overlays = new Map<string, Overlay>()
  const methods = new Map<string, Readonly<Record<string, () => void>>>()
  const offers = new Map<string, OfferMethods>()
  const offerOf = (rootId: string): OfferMethods => {
    const offer: OfferMethods =
      offers.get(rootId) ??
      ((node, offered) =>
        void (offered ? methods.set(`${rootId}:${node.id}`, offered) : methods.delete(`${rootId}:${node.id}`)))
    offers.set(rootId, offer)
    return offer
  }
  let values: PlainRecord = ((context.values as PlainRecord | undefined) ?? {}) satisfies PlainRecord

  const streams = new Map<string, AsyncIterator<unknown>>()

  const callFunction = async (id: string, text: string): Promise<string | { readonly streamId: string }> => {
    const decoded = decodeValue(text)
    if (isRefusal(decoded)) throw new SdkError('INVALID_MESSAGE', decoded.refused)
    const args = decoded.value as readonly unknown[]
    record.calls.push({ id, args })
    const returned = await findFunction(serverFunctions, id)(...args)
    if (isAsyncIterable(returned)) {
      const streamId = `stream ${record.calls.length}`
      streams.set(streamId, returned[Symbol.asyncIterator]())
      return { streamId }
    }
    const result = encodeValue(returned, `The result of ${id}`)
    if (isRefusal(result)) throw new SdkError('VALUE_NOT_SENDABLE', result.refused)
    return result.text
  }

  const readStream = async (streamId: string) => {
    const stream = streams.get(streamId)
    if (!stream) throw new SdkError('NOT_FOUND', 'There is no such stream, or it has ended.')
    const { value, done } = await stream.next()
    if (done) return { parts: [], done: true }
    const part = encodeValue(value, 'A part of the result')
    if (isRefusal(part)) throw new SdkError('VALUE_NOT_SENDABLE', part.refused)
    return { parts: [part.text], done: false }
  }

  const services: { readonly [T in ExtensionRequestType]: (payload: Payload<T>, signal: AbortSignal) => unknown } = {
    'run-server-function': ({ moduleHash, args }) => callFunction(moduleHash, args),
    'read-stream': ({ streamId }) => readStream(streamId),
    'end-stream': async ({ streamId }) => void (await streams.get(streamId)?.return?.()),
    'open-dialog': ({ dialogId, title }) => void overlays.set(dialogId, { key: dialogId, title }),
    'close-dialog': ({ dialogId }) => void overlays.delete(dialogId),
    'show-toast': (toast) => void record.toasts.push(toast),
    confirm: (question, signal) => {
      record.confirmations.push(question)
      const key = `confirm ${record.confirmations.length}`
      return new Promise<boolean>((resolve) => {
        const answer = (isConfirmed: boolean) => {
          overlays.delete(key)
          draw()
          resolve(isConfirmed)
        }
        signal.addEventListener('abort', () => answer(false))
        overlays.set(key, { key, ...question, answer })
      })
    },
    // As in a product where the user closes the question: the error of the function arrives.
    'connect-account': () => false,
    navigate: ({ path }) => void record.navigations.push(path),
    'open-record': (opened) => void record.openedRecords.push(opened),
    'open-url': ({ url }) => void record.openedUrls.push(url),
    // What only moves the user's attention does nothing here.
    'call-method': ({ rootId, id, method }) => void methods.get(`${rootId}:${id}`)?.[method]?.(),
  }

  const container = document.body.appendChild(document.createElement('div'))
  const page = createRoot(container)
  const instanceId = 'surface'

  const host = createFakeHost(app as App, {
    ...(options.host ? { context: { ...DEFAULT_CONTEXT, ...options.host } } : {}),
    ...(settings ? { settings } : {}),
    ...(grantedScopes ? { grantedScopes } : {}),
    async serve(type, payload, signal) {
      // Each service takes the payload of its own type.
      const answer = (services[type] as (payload: unknown, signal: AbortSignal) => unknown)(payload, signal)
      draw()
      return ((await answer) ?? null) as PlainValue
    },
    onChange: () => draw(),
  })

  const view = (rootId: string) => {
    const root = host.rootOf(rootId)
    if (!root) return null
    return (
      <RootView
        root={root}
        addFile={(file) => {
          const handle = createFakeHandle(file)
          record.files.push({ handle, file })
          return handle
        }}
        offer={offerOf(rootId)}
        send={(node, prop, args, eventVersion) => {
          const event = {
            rootId,
            handlerId: `${node.id}:${prop}`,
            // What a control gives is plain data.
            args: args as readonly PlainValue[],
            ...(eventVersion === undefined ? {} : { eventVersion }),
          }
          // A failure of a handler is told by the extension itself.
          host.request('event-handler-call', event).catch(() => undefined)
        }}
      />
    )
  }

  const close = async (key: string) => {
    overlays.delete(key)
    draw()
    await host.request('close-surface', { instanceId: `dialog:${key}` })
  }

  const save = (next: unknown) => {
    // A panel's values are plain data by their names.
    values = next as PlainRecord
  }

  function draw() {
    const all = (
      <PanelListener value={save}>
        {view(instanceId)}
        {[...overlays.values()].map(({ key, title, description, confirmLabel, answer }) => (
          // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles take a label.
          <div key={key} role={answer ? 'alertdialog' : 'dialog'} aria-label={title}>
            {description ? <p>{description}</p> : null}
            {answer ? (
              <>
                <button type="button" onClick={() => answer(false)}>
                  Cancel
                </button>
                <button type="button" onClick={() => answer(true)}>
                  {confirmLabel ?? 'Confirm'}
                </button>
              </>
            ) : (
              <>
                <button type="button" onClick={() => void close(key)}>
                  Close
                </button>
                {view(`dialog:${key}`)}
              </>
            )}
          </div>
        ))}
        {record.toasts.map((toast, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: toasts come one after another and stay.
          <div key={index} role="status" data-toast={toast.variant}>
            {toast.title}
            {toast.description ? <p>{toast.description}</p> : null}
          </div>
        ))}
      </PanelListener>
    )
    flushSync(() => page.render(all))
  }

  const start = async (runKind: string, payload: Readonly<Record<string, unknown>>, instance: string) =>
    host.request('trigger-surface', {
      kind: runKind,
      surfaceId: surface.id,
      instanceId: instance,
      // The types of the surfaces are plain data.
      context: payload as PlainRecord,
    })

  let runs = 0
  const isDrawn = kind === 'workflow.panels' || kind === 'workflow.nodes' || 'component' in surface
  await host.init()
  if (isDrawn) await start(kind, context, instanceId)

  return {
    ...getQueriesForElement(container),
    container,
    user: userEvent.setup(),
    host: { ...record, errors: host.errors, logs: host.logs },
    async trigger() {
      await start(kind, context, `run-${++runs}`)
    },
    async shouldShow() {
      const call = { kind, surfaceId: surface.id, expression: 'shouldShow', context: context as PlainRecord }
      return (await host.request('evaluate', call)) === true
    },
    async update(next) {
      context = { ...context, ...(next as object) }
      await host.request('context-changed', { instanceId, context: context as PlainRecord })
    },
    values: () => values,
    run: (input, state) => {
      const runKind = kind === 'workflow.triggers' ? kind : 'workflow.blocks'
      return start(runKind, { input, ...(state === undefined ? {} : { state }) }, `run-${++runs}`)
    },
    async unmount() {
      if (isDrawn) await host.request('close-surface', { instanceId })
      for (const [key, { answer }] of [...overlays]) {
        if (answer) answer(false)
        else await close(key)
      }
      for (const stream of streams.values()) void stream.return?.()
      await host.dispose()
      flushSync(() => page.unmount())
      container.remove()
    },
  }
}
