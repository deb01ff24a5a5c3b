import type { ComponentType } from 'react'
import type { CallOptions } from '../protocol/endpoints'
import type {
  DialogSize,
  ExtensionRequests,
  ExtensionRequestType,
  HostContext,
  InitPayload,
} from '../protocol/messages'
import { SdkError } from '../sdk-error'
import type { AsyncCache } from './async-cache'

/** What the product has told this extension: where it runs, for whom, and what it was set to. */
export interface Session {
  readonly context: HostContext
  readonly settings: InitPayload['settings']
  readonly grantedScopes: readonly string[]
  readonly capabilities: readonly string[]
}

export interface DialogProps {
  /** Closes the dialog. Its effects have been cleaned up when the promise resolves. */
  readonly close: () => Promise<void>
}

export interface OpenDialog {
  readonly title: string
  readonly size: DialogSize
  readonly Dialog: ComponentType<DialogProps>
}

export interface DialogHandle {
  readonly dialogId: string
  readonly close: () => Promise<void>
  /** Resolves when the dialog is gone, whoever closed it. */
  readonly closed: Promise<void>
}

/** What the functions and hooks of `/client` need of the frame they run in. */
export interface ClientRuntime {
  /** @throws {SdkError} with the code of the product's answer; `TIMEOUT`; `ABORTED`; `CLOSED`. */
  request<T extends ExtensionRequestType>(
    type: T,
    payload: ExtensionRequests[T]['payload'],
    options?: CallOptions,
  ): Promise<ExtensionRequests[T]['value']>
  openDialog(dialog: OpenDialog): Promise<DialogHandle>
  /** Closes the dialog with this id, or the newest. */
  closeDialog(dialogId?: string): Promise<void>
  readonly session: {
    has(capability: string): boolean
    /** The same object until something changes. */
    get(): Session
    subscribe(listener: () => void): () => void
  }
  readonly asyncCache: AsyncCache
}

// Registered, so that a bundle with a second copy of this module finds the same runtime.
const KEY = Symbol.for('souk.client')

interface Realm {
  [KEY]?: ClientRuntime | undefined
}

// The key is this module's own, so the type of the global scope does not have it.
const realm = globalThis as unknown as Realm

/**
 * The runtime of the extension this code runs in. Importing the module needs none; calling a function does.
 *
 * @param caller The public name that was called, for the message.
 * @throws {SdkError} `CLOSED` outside a running extension.
 */
export const getClientRuntime = (caller: string): ClientRuntime => {
  const runtime = realm[KEY]
  if (!runtime)
    throw new SdkError(
      'CLOSED',
      `${caller} was called where no extension is running. Call it from a component or an event handler, not while the module loads.`,
    )
  return runtime
}

/**
 * Makes `runtime` the one that `/client` uses.
 *
 * @returns Takes it away again.
 */
export const provideClientRuntime = (runtime: ClientRuntime): (() => void) => {
  realm[KEY] = runtime
  return () => {
    if (realm[KEY] === runtime) delete realm[KEY]
  }
}
