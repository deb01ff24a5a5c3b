import { useEffect, useState, useSyncExternalStore } from 'react'
import type { ReportDiagnostic } from '../diagnostic'
import { ErrorBoundary } from '../error-boundary'
import type { Registry } from '../registry/create-registry'
import type { Overlays } from './overlays'
import { PausableRoot } from './pausable-root'

export interface OverlaysViewProps {
  readonly overlays: Overlays
  readonly registry: Pick<Registry, 'chrome'>
  readonly report: ReportDiagnostic
}

/** Draws what stands over the page with the product's chrome. */
export const OverlaysView = ({ overlays, registry, report }: OverlaysViewProps) => {
  const { dialogs, confirms, toasts } = useSyncExternalStore(overlays.subscribe, overlays.get, overlays.get)
  const { Dialog, ConfirmDialog, Toasts } = registry.chrome
  const question = confirms[0]
  // Toasts are drawn into the body, which a server does not have.
  const [isMounted, setMounted] = useState(false)
  useEffect(() => setMounted(true), [])
  /** The toasts that could not be drawn. The next ones get another chance. */
  const [broken, setBroken] = useState<typeof toasts>()
  const failed = (name: string, close: () => void) => (reason: string) => {
    report({ code: 'COMPONENT_FAILED', message: `chrome.${name} threw while it was drawn: ${reason}` })
    close()
  }
  return (
    <>
      {dialogs.map(({ key, title, size, appTitle, store, pause, onClose }) => (
        <ErrorBoundary key={key} onError={failed('Dialog', onClose)}>
          <Dialog title={title} size={size} appTitle={appTitle} onClose={onClose}>
            <PausableRoot store={store} pause={pause} registry={registry} appTitle={appTitle} />
          </Dialog>
        </ErrorBoundary>
      ))}
      {question ? (
        <ErrorBoundary key={question.key} onError={failed('ConfirmDialog', () => question.answer(false))}>
          <ConfirmDialog
            title={question.request.title}
            appTitle={question.appTitle}
            description={question.request.description}
            confirmLabel={question.request.confirmLabel ?? 'OK'}
            destructive={question.request.destructive === true}
            onAnswer={question.answer}
          />
        </ErrorBoundary>
      ) : null}
      {/* Also when there is none: a screen reader announces what comes into a region that it knows. */}
      {isMounted && toasts !== broken ? (
        <ErrorBoundary onError={failed('Toasts', () => setBroken(toasts))}>
          <Toasts toasts={toasts} onDismiss={overlays.dismissToast} />
        </ErrorBoundary>
      ) : null}
    </>
  )
}
