/// <reference path="./react-refresh.d.ts" />
import { createElement, type ReactNode, StrictMode } from 'react'
import * as refresh from 'react-refresh/runtime'
import type { SoukReconciler } from '../reconciler/host-config'

/** What the development runtime adds to an extension. The production worker carries none of it. */
export interface DevelopmentTools {
  /** Told of the reconciler before it draws anything, so that Fast Refresh reaches what it draws. */
  readonly onReconciler: (reconciler: SoukReconciler['reconciler']) => void
  /** Goes around everything that is drawn. */
  readonly wrap: (node: ReactNode) => ReactNode
  /** Draws edited components anew. Those whose hooks are still the same keep their state. */
  readonly refresh: () => void
}

export interface DevelopmentOptions {
  /** Runs components and effects twice, as React's StrictMode does. Default true. */
  readonly strictMode?: boolean
}

/** What a development bundle tells about its components, once for each version of a module. */
export interface RefreshRegistry {
  /** @param id Names the component over all its versions: `src/widget.tsx Widget`. */
  register(type: unknown, id: string): void
  /** @param key Text that changes when the hooks a component calls do; then its state cannot be kept. */
  sign(type: unknown, key: string, forceReset: boolean, customHooks: () => readonly unknown[]): void
}

const isComponentOrHook = (type: unknown): boolean =>
  typeof type === 'function' || (typeof type === 'object' && type !== null)

export const refreshRegistry: RefreshRegistry = {
  register(type, id) {
    if (isComponentOrHook(type)) refresh.register(type, id)
  },
  sign(type, key, forceReset, customHooks) {
    if (isComponentOrHook(type)) refresh.setSignature(type, key, forceReset, customHooks)
  },
}

export const createDevelopmentTools = ({ strictMode = true }: DevelopmentOptions = {}): DevelopmentTools => ({
  onReconciler(reconciler) {
    // React hands its refresh handlers to the hook of the developer tools, so the hook has to be there first.
    refresh.injectIntoGlobalHook(globalThis)
    // The types still want the configuration that earlier versions took.
    ;(reconciler.injectIntoDevTools as () => boolean)()
  },
  wrap: (node) => (strictMode ? createElement(StrictMode, null, node) : node),
  refresh: () => void refresh.performReactRefresh(),
})
