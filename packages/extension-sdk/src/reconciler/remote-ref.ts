import type { NodeId } from '../protocol/tree'
import { SdkError } from '../sdk-error'
import type { ElementInstance, Instance, ParentInstance } from './tree'

/** Has the product call a method of a component it drew. */
export type CallMethod = (id: NodeId, method: string) => Promise<unknown>

export type RemoteRef = Readonly<Record<string, () => Promise<void>>>

// Declared when a component is made, which is while a module loads, and read by every reconciler of the realm.
const methodsByComponent = new Map<string, readonly string[]>()

/** Says which methods a ref on this component has. */
export const declareMethods = (component: string, methods: readonly string[]): void =>
  void methodsByComponent.set(component, methods)

const refs = new WeakMap<ElementInstance, RemoteRef>()

/** What a ref on an element holds: a function for each declared method; the same object as long as the element lives. */
export const remoteRefOf = (element: ElementInstance): RemoteRef | null => {
  const methods = methodsByComponent.get(element.component)
  if (!methods) return null
  const known = refs.get(element)
  if (known) return known
  const ref = Object.fromEntries(methods.map((method) => [method, () => call(element, method)]))
  refs.set(element, ref)
  return ref
}

const call = async (element: ElementInstance, method: string): Promise<void> => {
  let at: Instance | ParentInstance | null = element
  while (at && at.kind !== 'root') at = at.parent
  if (!at)
    throw new SdkError(
      'UNKNOWN_NODE',
      `${method} was called on a <${element.component}> that is not on the screen any more. Call it while its component is mounted.`,
    )
  await at.callMethod(element.id, method)
}
