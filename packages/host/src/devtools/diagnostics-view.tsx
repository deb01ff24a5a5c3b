import { clockTime } from './clock-time'
import type { Devtools, DevtoolsState } from './create-devtools'
import { Empty } from './empty'

export interface DiagnosticsViewProps {
  readonly devtools: Pick<Devtools, 'clearDiagnostics'>
  readonly state: DevtoolsState
  /** Where `docs/errors.md` is read. */
  readonly errorsUrl: string | undefined
}

/** Every refusal and failure, each with its code. */
export const DiagnosticsView = ({ devtools, state, errorsUrl }: DiagnosticsViewProps) => (
  <>
    <div className="souk-dev-bar">
      <button type="button" onClick={devtools.clearDiagnostics}>
        Clear
      </button>
      <span className="souk-dev-muted">{state.diagnostics.length} diagnostics</span>
    </div>
    {state.diagnostics.length === 0 ? <Empty>Nothing was refused, and nothing failed.</Empty> : null}
    <ol className="souk-dev-lines" aria-label="Diagnostics">
      {state.diagnostics.map(({ id, at, code, message, appInstallationId, rootId, traceId, componentStack }) => (
        <li key={id}>
          <time>{clockTime(at)}</time>{' '}
          {errorsUrl ? (
            <a href={errorsUrl} target="_blank" rel="noreferrer">
              {code}
            </a>
          ) : (
            <b>{code}</b>
          )}{' '}
          {message}
          <span className="souk-dev-muted">
            {[appInstallationId, rootId && `root ${rootId}`, traceId && `trace ${traceId}`]
              .filter(Boolean)
              .map((part) => ` ${part}`)}
          </span>
          {componentStack ? <pre>{componentStack}</pre> : null}
        </li>
      ))}
    </ol>
  </>
)
