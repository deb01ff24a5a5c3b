import { createContext, type ReactNode } from 'react'
import createReconciler from 'react-reconciler'
import { ConcurrentRoot, DefaultEventPriority, NoEventPriority } from 'react-reconciler/constants'

export interface TreeElement {
  readonly type: string
  props: Props
  readonly children: TreeNode[]
}

export interface TreeText {
  text: string
}

export type TreeNode = TreeElement | TreeText

type Props = Readonly<Record<string, unknown>>

interface Container {
  readonly children: TreeNode[]
  readonly onCommit: () => void
}

const insert = (parent: { readonly children: TreeNode[] }, child: TreeNode, before?: TreeNode) => {
  remove(parent, child)
  const at = before === undefined ? parent.children.length : parent.children.indexOf(before)
  parent.children.splice(at, 0, child)
}

const remove = (parent: { readonly children: TreeNode[] }, child: TreeNode) => {
  const at = parent.children.indexOf(child)
  if (at >= 0) parent.children.splice(at, 1)
}

/** A reconciler that only keeps the tree: what it was told about a change is forgotten, as in anybody's first design. */
export const renderTree = (element: ReactNode, onCommit: (children: readonly TreeNode[]) => void) => {
  let priority: number = NoEventPriority
  const config = {
    supportsMutation: true,
    supportsPersistence: false,
    supportsHydration: false,
    supportsMicrotasks: true,
    scheduleMicrotask: queueMicrotask,
    isPrimaryRenderer: true,
    noTimeout: -1,
    createInstance: (type: string, { children: _, ...props }: Props): TreeElement => ({ type, props, children: [] }),
    createTextInstance: (text: string): TreeText => ({ text }),
    appendInitialChild: insert,
    finalizeInitialChildren: () => false,
    shouldSetTextContent: () => false,
    getRootHostContext: () => null,
    getChildHostContext: () => null,
    getPublicInstance: (instance: TreeNode) => instance,
    prepareForCommit: () => null,
    resetAfterCommit: (container: Container) => container.onCommit(),
    scheduleTimeout: setTimeout,
    cancelTimeout: clearTimeout,
    appendChild: insert,
    appendChildToContainer: insert,
    insertBefore: insert,
    insertInContainerBefore: insert,
    removeChild: remove,
    removeChildFromContainer: remove,
    clearContainer: (container: Container) => void container.children.splice(0),
    commitTextUpdate: (instance: TreeText, _before: string, text: string) => {
      instance.text = text
    },
    commitUpdate: (instance: TreeElement, _type: string, _before: Props, { children: _, ...props }: Props) => {
      instance.props = props
    },
    detachDeletedInstance: () => {},
    NotPendingTransition: null,
    HostTransitionContext: createContext(null),
    setCurrentUpdatePriority: (next: number) => {
      priority = next
    },
    getCurrentUpdatePriority: () => priority,
    resolveUpdatePriority: () => priority || DefaultEventPriority,
    shouldAttemptEagerTransition: () => false,
    trackSchedulerEvent: () => {},
    resolveEventType: () => null,
    resolveEventTimeStamp: () => -1.1,
    maySuspendCommit: () => false,
  }

  // The rest of the config is for features that the app does not use, and React does not ask for them.
  const reconciler = createReconciler(config as never)
  const children: TreeNode[] = []
  const container: Container = { children, onCommit: () => onCommit(children) }
  const fail = (error: unknown) => console.error(error)
  const root = reconciler.createContainer(
    container,
    ConcurrentRoot,
    null,
    false,
    null,
    '',
    fail,
    fail,
    fail,
    () => {},
    null,
  )
  reconciler.updateContainer(element, root, null, null)
}
