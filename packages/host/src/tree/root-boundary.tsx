import { Component, type ReactNode } from 'react'
import type { TreeStore } from './tree-store'

interface RootBoundaryProps {
  readonly store: TreeStore
  readonly children: ReactNode
}

/** A component that throws takes down the root it stands in, and nothing else of the page. Give it a key for each root. */
export class RootBoundary extends Component<RootBoundaryProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  override componentDidCatch(error: unknown) {
    const reason = error instanceof Error ? error.message : 'unknown reason'
    this.props.store.fail(
      'COMPONENT_FAILED',
      `A component of this product could not draw what the extension sent: ${reason}. Try again, or tell the app's developer.`,
    )
  }

  override render() {
    return this.state.hasFailed ? null : this.props.children
  }
}
