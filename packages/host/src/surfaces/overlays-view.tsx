import { useSyncExternalStore } from 'react'
import type { Registry } from '../registry/create-registry'
import { RootView } from '../tree/root-view'
import type { Overlays } from './overlays'

export interface OverlaysViewProps {
  readonly overlays: Overlays
  readonly registry: Pick<Registry, 'chrome'>
}

/** Draws what stands over the page with the product's chrome. */
export const OverlaysView = ({ overlays, registry }: OverlaysViewProps) => {
  const { dialogs, confirms, toasts } = useSyncExternalStore(overlays.subscribe, overlays.get, overlays.get)
  const { Dialog, ConfirmDialog, Toasts } = registry.chrome
  const question = confirms[0]
  return (
    <>
      {dialogs.map(({ key, title, size, appTitle, store, onClose }) => (
        <Dialog key={key} title={title} size={size} onClose={onClose}>
          <RootView store={store} registry={registry} appTitle={appTitle} />
        </Dialog>
      ))}
      {question ? (
        <ConfirmDialog
          key={question.key}
          title={question.request.title}
          description={question.request.description}
          confirmLabel={question.request.confirmLabel ?? 'OK'}
          destructive={question.request.destructive === true}
          onAnswer={question.answer}
        />
      ) : null}
      {toasts.length > 0 ? <Toasts toasts={toasts} onDismiss={overlays.dismissToast} /> : null}
    </>
  )
}
