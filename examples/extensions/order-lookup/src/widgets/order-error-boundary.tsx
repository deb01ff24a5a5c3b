import { SdkError } from '@souk/extension-sdk'
import { Alert, Button, invalidateAsyncCache } from '@souk/extension-sdk/client'
import { Component, type ReactNode } from 'react'
import { findOrders } from '../orders.server'

interface Props {
  readonly query: string
  readonly children: ReactNode
}

interface State {
  readonly error: unknown
}

/** Says what went wrong while orders were loaded, and what to do about it. */
export class OrderErrorBoundary extends Component<Props, State> {
  override state: State = { error: undefined }

  static getDerivedStateFromError(error: unknown): State {
    return { error }
  }

  private readonly retry = () => {
    invalidateAsyncCache(findOrders, { query: this.props.query })
    this.setState({ error: undefined })
  }

  override render() {
    const { error } = this.state
    if (error === undefined) return this.props.children
    if (error instanceof SdkError && error.code === 'NOT_CONFIGURED')
      return (
        <Alert tone="info" title="Order Lookup is not set up yet">
          An admin enters the Northwind API key in the settings of this app.
        </Alert>
      )
    if (error instanceof SdkError && error.code === 'INSUFFICIENT_PERMISSIONS')
      return (
        <Alert tone="warning" title="Northwind refused the API key">
          An admin can correct the key in the settings of this app.
        </Alert>
      )
    return (
      <Alert
        tone="danger"
        title="The orders could not be loaded"
        actions={
          <Button size="small" onPress={this.retry}>
            Try again
          </Button>
        }
      >
        {error instanceof Error ? error.message : 'Something unexpected happened.'}
      </Alert>
    )
  }
}
