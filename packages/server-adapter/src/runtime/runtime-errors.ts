import { SoukError } from '../souk-error'

/** What every runtime says when it ends a call itself. */
export const stopped = (): SoukError =>
  new SoukError('DEPLOYMENT_NOT_RUNNABLE', 'The app was stopped here while its server function ran. Reload the page.')

export const shutDown = (): SoukError =>
  new SoukError('RUNTIME_UNAVAILABLE', 'The runtime of server functions was shut down. Try again in a moment.')

export const timedOut = (deadlineMs: number): SoukError =>
  new SoukError(
    'FUNCTION_TIMEOUT',
    `The server function did not finish within ${deadlineMs} ms. Try again; tell the developer of the app if it stays slow.`,
  )
