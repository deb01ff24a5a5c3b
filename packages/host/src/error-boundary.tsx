import { Component, type ReactNode } from 'react'

interface ErrorBoundaryProps {
  readonly onError: (reason: string) => void
  readonly children: ReactNode
}

/** Draws nothing more once something inside has thrown, so that the page around it goes on. Give it a key for each content. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  override componentDidCatch(error: unknown) {
    this.props.onError(error instanceof Error ? error.message : 'unknown reason')
  }

  override render() {
    return this.state.hasFailed ? null : this.props.children
  }
}
