import type { ErrorCode } from '@souk/extension-sdk/protocol'
import { useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { AppTitleContext } from '../app-title'
import type { Value } from '../create-value'
import { RootView, type RootViewProps } from '../tree/root-view'

/** Why nothing of an extension gets through for now. */
export interface Pause {
  readonly code: ErrorCode
  readonly message: string
  readonly traceId: string
}

export type PauseState = Pick<Value<Pause | undefined>, 'get' | 'subscribe'>

export interface PausableRootProps extends RootViewProps {
  readonly pause: PauseState
}

const NO_BOX = { display: 'contents' } as const

/** One root of an extension. While the extension is paused it stays as it is, out of the user's reach, under a notice. */
export const PausableRoot = ({ pause, ...root }: PausableRootProps) => {
  const paused = useSyncExternalStore(pause.subscribe, pause.get, pause.get)
  const box = useRef<HTMLDivElement>(null)
  const { Notice } = root.registry.chrome
  // Not as a prop, which React 18 does not know.
  useLayoutEffect(() => void box.current?.toggleAttribute('inert', paused !== undefined), [paused])
  return (
    <>
      {paused ? (
        <Notice
          title={`${root.appTitle} is paused`}
          message={paused.message}
          code={paused.code}
          traceId={paused.traceId}
          onRetry={root.onRetry}
        />
      ) : null}
      <div ref={box} style={NO_BOX}>
        <AppTitleContext.Provider value={root.appTitle}>
          <RootView {...root} />
        </AppTitleContext.Provider>
      </div>
    </>
  )
}
