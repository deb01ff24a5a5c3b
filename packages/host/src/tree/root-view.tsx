import { useSyncExternalStore } from 'react'
import { ErrorBoundary } from '../error-boundary'
import type { Registry } from '../registry/create-registry'
import { RootFilesContext } from '../root-files'
import type { TreeStore } from './tree-store'

export interface RootViewProps {
  readonly store: TreeStore
  readonly registry: Pick<Registry, 'chrome'>
  /** Who it is, for the notice and for those who wait. */
  readonly appTitle: string
  readonly onRetry?: (() => void) | undefined
}

const NO_BOX = { display: 'contents' } as const

/** One root of an extension: what it drew, a placeholder before that, a notice when it was taken down. */
export const RootView = ({ store, registry, appTitle, onRetry }: RootViewProps) => {
  const status = useSyncExternalStore(store.subscribeStatus, store.status, store.status)
  const { Notice, Placeholder } = registry.chrome
  if (status.state === 'waiting') return <Placeholder label={appTitle} />
  if (status.state === 'failed')
    return (
      <Notice
        title={`${appTitle} could not be shown`}
        message={status.message}
        code={status.code}
        traceId={status.traceId}
        onRetry={onRetry}
      />
    )
  return (
    <ErrorBoundary
      key={store.rootId}
      onError={(reason) =>
        store.fail(
          'COMPONENT_FAILED',
          `A component of this product could not draw what the extension sent: ${reason}. Try again, or tell the app's developer.`,
        )
      }
    >
      {/* It has no box. It is there to know when the user is at work inside, also in what React draws elsewhere. */}
      <div
        ref={store.methods.place}
        style={NO_BOX}
        onPointerDownCapture={store.methods.touch}
        onKeyDownCapture={store.methods.touch}
        onClickCapture={store.methods.touch}
        // No composition outlives the focus of its field.
        onFocusCapture={() => store.compose(false)}
        onBlurCapture={() => store.compose(false)}
        onCompositionStartCapture={() => store.compose(true)}
        onCompositionEndCapture={() => store.compose(false)}
      >
        <RootFilesContext.Provider value={store.files}>{store.draw()}</RootFilesContext.Provider>
      </div>
    </ErrorBoundary>
  )
}
