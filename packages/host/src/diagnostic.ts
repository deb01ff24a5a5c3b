import type { ErrorCode } from '@souk/extension-sdk/protocol'

/** Something a developer of the product or of an extension should know. Never something to show to users. */
export interface Diagnostic {
  readonly code: ErrorCode
  readonly message: string
  readonly appInstallationId?: string
  readonly rootId?: string
  /** What the user sees in the notice, when there is one: support finds this report by it. */
  readonly traceId?: string
  /** The components of the extension an error came through. */
  readonly componentStack?: string
}

export type ReportDiagnostic = (diagnostic: Diagnostic) => void
