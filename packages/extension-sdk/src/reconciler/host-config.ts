import { createContext } from 'react'
import ReactReconciler, { type HostConfig } from 'react-reconciler'
import { DefaultEventPriority, DiscreteEventPriority, NoEventPriority } from 'react-reconciler/constants.js'
import { DEFAULT_LIMITS } from '../protocol/limits'
import { PROTOCOL_VERSION } from '../protocol/version'
import { SdkError } from '../sdk-error'
import type { Patches } from './patches'
import { assertSendable, assertShort } from './props'
import { type RemoteRef, remoteRefOf } from './remote-ref'
import { growHeight, type RootLimits, tooMany } from './root-limits'
import {
  attach,
  createElementInstance,
  createTextInstance,
  type ElementInstance,
  type HostProps,
  type Instance,
  type RootInstance,
  type TextInstance,
} from './tree'

/** What React knows as a root's container. */
export interface Container {
  readonly root: RootInstance
  readonly patches: Patches
  readonly stringLength: number
  readonly limits: RootLimits
  /** How many nodes the render under way has made. */
  made: number
}

/** Handed down through the tree, so that a node can check itself against the limits of its root. */
type HostContext = Container

type SoukHostConfig = HostConfig<
  string,
  HostProps,
  Container,
  ElementInstance,
  TextInstance,
  never,
  never,
  never,
  never,
  RemoteRef | null,
  HostContext,
  never,
  ReturnType<typeof setTimeout>,
  -1,
  null,
  null,
  null,
  never,
  never,
  never,
  void,
  never,
  null
>

const isContainer = (value: Partial<Container> | null | undefined): boolean => value?.root?.kind === 'root'

const nothing = () => {}

/** Refuses a render that makes more than a whole root may hold, while it can still reach the boundary around it. */
const count = (container: Container) => {
  if (++container.made <= container.limits.nodesPerRoot) return
  // What the boundary draws instead belongs to the same render.
  container.made = 0
  throw tooMany('nodes', container.limits.nodesPerRoot)
}

/** React's reconciler, drawing into plain trees. It holds the priority of the update under way, so one serves all roots of a frame. */
export const createReconciler = () => {
  let updatePriority: number = NoEventPriority
  // Instances of one commit belong to one root, but the mutation methods are told only the instance. React announces the root.
  let committing: Patches | null = null
  let stringLength = Number.POSITIVE_INFINITY
  let limits: RootLimits = DEFAULT_LIMITS

  const patches = (): Patches => {
    if (!committing)
      throw new SdkError('INTERNAL', 'A tree was changed outside a commit. Report this as a defect of the SDK.')
    return committing
  }

  const config: SoukHostConfig = {
    rendererPackageName: '@souk/extension-sdk',
    rendererVersion: String(PROTOCOL_VERSION),
    extraDevToolsConfig: null,
    supportsMutation: true,
    supportsPersistence: false,
    supportsHydration: false,
    supportsMicrotasks: true,
    // The product may run react-dom in the same realm, in tests.
    isPrimaryRenderer: false,
    warnsIfNotActing: false,
    noTimeout: -1,
    scheduleTimeout: setTimeout,
    cancelTimeout: clearTimeout,
    scheduleMicrotask: queueMicrotask,

    // Called for the root of every tree before it renders, and for the target of a portal.
    getRootHostContext(container) {
      if (!isContainer(container))
        throw new SdkError(
          'PORTAL_NOT_SUPPORTED',
          'createPortal was used in an extension, where there is no other place to draw into. Use showDialog instead.',
        )
      stringLength = container.stringLength
      limits = container.limits
      container.made = 0
      return container
    },
    getChildHostContext: (context) => context,
    // All that a ref gives a hold on: the methods that the component's contract declares.
    getPublicInstance: (instance) => (instance.kind === 'element' ? remoteRefOf(instance) : null),

    // React asks this of every element with new props while it renders, and only then: the one place to refuse props in time.
    shouldSetTextContent(component, props) {
      assertSendable(component, props, stringLength)
      return false
    },
    createInstance(component, props, container) {
      count(container)
      return createElementInstance(component, props)
    },
    createTextInstance(text, container) {
      count(container)
      assertShort(text, container.stringLength)
      return createTextInstance(text)
    },
    appendInitialChild(parent, child) {
      growHeight(parent, child, limits)
      attach(parent, child)
    },
    finalizeInitialChildren: () => false,

    prepareForCommit(container) {
      committing = container.patches
      return null
    },
    resetAfterCommit(container) {
      committing = null
      container.patches.flush()
    },
    appendChild: (parent, child) => patches().place(parent, child, null),
    appendChildToContainer: (container, child) => patches().place(container.root, child, null),
    insertBefore: (parent, child, before) => patches().place(parent, child, before as Instance),
    insertInContainerBefore: (container, child, before) => patches().place(container.root, child, before as Instance),
    removeChild: (_parent, child) => patches().remove(child),
    removeChildFromContainer: (_container, child) => patches().remove(child),
    // React calls this in the first commit of a root, and when an error empties it.
    clearContainer(container) {
      container.patches.begin()
      while (container.root.first) container.patches.remove(container.root.first)
    },
    commitUpdate: (instance, _component, _previous, next) => patches().update(instance, next),
    commitTextUpdate: (instance, _old, text) => patches().setText(instance, text),
    hideInstance: (instance) => patches().setHidden(instance, true),
    hideTextInstance: (instance) => patches().setHidden(instance, true),
    unhideInstance: (instance) => patches().setHidden(instance, false),
    unhideTextInstance: (instance) => patches().setHidden(instance, false),
    commitMount: nothing,
    resetTextContent: nothing,
    detachDeletedInstance: nothing,
    preparePortalMount: nothing,

    setCurrentUpdatePriority(priority) {
      updatePriority = priority
    },
    getCurrentUpdatePriority: () => updatePriority,
    resolveUpdatePriority: () => updatePriority || DefaultEventPriority,
    shouldAttemptEagerTransition: () => false,
    trackSchedulerEvent: nothing,
    resolveEventType: () => null,
    resolveEventTimeStamp: () => -1.1,
    requestPostPaintCallback: nothing,

    // Nothing a product draws has to be loaded before a commit. React 0.34 calls suspendOnActiveViewTransition without asking.
    maySuspendCommit: () => false,
    maySuspendCommitOnUpdate: () => false,
    maySuspendCommitInSyncRender: () => false,
    preloadInstance: () => true,
    startSuspendingCommit: () => null,
    suspendInstance: nothing,
    suspendOnActiveViewTransition: nothing,
    waitForCommitToBeReady: () => null,
    getSuspendedCommitReason: () => null,

    // Nothing is animated here, but <ViewTransition> may be used: its updates are committed like any other.
    startViewTransition: (_state, _container, _types, mutate, layOut, _afterMutation, spawnWork) => {
      mutate()
      layOut()
      spawnWork()
      return null
    },
    stopViewTransition: nothing,
    addViewTransitionFinishedListener: nothing,
    createViewTransitionInstance: (name) => ({ name }),
    applyViewTransitionName: nothing,
    restoreViewTransitionName: nothing,
    cancelViewTransitionName: nothing,
    cancelRootViewTransitionName: nothing,
    restoreRootViewTransitionName: nothing,
    measureInstance: nothing,
    measureClonedInstance: nothing,
    wasInstanceInViewport: () => false,
    hasInstanceChanged: () => false,
    hasInstanceAffectedParent: () => false,

    // A ref on a fragment stays empty, as every other.
    createFragmentInstance: () => null,
    updateFragmentInstanceFiber: nothing,
    commitNewChildToFragmentInstance: nothing,
    deleteChildFromFragmentInstance: nothing,

    getInstanceFromNode: () => null,
    getInstanceFromScope: () => null,
    beforeActiveInstanceBlur: nothing,
    afterActiveInstanceBlur: nothing,
    prepareScopeUpdate: nothing,
    resetFormInstance: nothing,
    NotPendingTransition: null,
    HostTransitionContext: createContext<null>(null),
    bindToConsole: (method, args) => {
      const log = console[method as 'error'] ?? console.error
      return log.bind(console, ...args)
    },
  }

  const reconciler = ReactReconciler(config)

  return {
    reconciler,
    /** Runs what a user's event causes at the priority of one, so that it renders at once. */
    runDiscrete<T>(work: () => T): T {
      const before = updatePriority
      updatePriority = DiscreteEventPriority
      try {
        return work()
      } finally {
        updatePriority = before
      }
    },
  }
}

export type SoukReconciler = ReturnType<typeof createReconciler>
