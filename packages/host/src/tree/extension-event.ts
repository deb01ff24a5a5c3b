import type { PlainValue } from '@souk/extension-sdk/protocol'

/** What the user did with a component, on its way to the handler of the extension. */
export interface ExtensionEvent {
  readonly rootId: string
  readonly handlerId: string
  readonly args: readonly PlainValue[]
  readonly eventVersion?: number
}
