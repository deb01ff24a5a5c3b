import { type ActiveExtension, isSafeUrl } from '@souk/extension-sdk/protocol'
import type { FunctionParts } from '../api/create-function-parts'
import type { ExtensionServices } from '../frame/extension-connection'
import { HostError } from '../host-error'
import type { ScopedService, Souk } from '../souk-context'
import { createAttention } from './attention'
import { connectAccount } from './connect-account'
import type { FileGrants } from './file-grants'
import type { FunctionStreams } from './function-streams'
import type { Overlays } from './overlays'

export interface ExtensionServicesOptions
  extends Pick<ExtensionServices, 'open-dialog' | 'close-dialog' | 'call-method'> {
  readonly extension: ActiveExtension
  /** The provider's props as they are now. */
  readonly getSouk: () => Souk
  readonly overlays: Overlays
  readonly files: Pick<FileGrants, 'named'>
  readonly streams: FunctionStreams
}

const MAX_WAITING_QUESTIONS = 3

/** What an extension may ask of the product. Payloads have been parsed; what they name is checked again where it is used. */
export const createExtensionServices = (options: ExtensionServicesOptions): ExtensionServices => {
  const { extension, getSouk, overlays, files, streams } = options
  const attention = createAttention(extension.title)
  let questions = 0

  const requireScope = (service: ScopedService): void => {
    const scope = missingScope(getSouk(), extension, service)
    if (scope !== undefined)
      throw new HostError(
        'FORBIDDEN',
        `${service} needs the scope ${scope} in this product, which ${extension.title} was not granted. Ask for it in souk.config.ts.`,
      )
  }

  return {
    async 'open-dialog'(payload, signal) {
      requireScope('openDialog')
      attention.take('dialog')
      return options['open-dialog'](payload, signal)
    },
    'close-dialog': options['close-dialog'],
    'call-method': options['call-method'],
    async 'run-server-function'({ moduleHash, args, idempotencyKey, takesParts }, signal) {
      const call = { moduleHash, args, idempotencyKey }
      const { client } = getSouk()
      const named = files.named(args)
      let parts: FunctionParts | undefined
      const takeParts = takesParts
        ? (given: FunctionParts) => {
            parts = given
          }
        : undefined
      const { result } =
        named.length === 0
          ? await client.callFunction(extension.appInstallationId, call, signal, takeParts)
          : await client.callFunctionWithFiles(extension.appInstallationId, call, named, signal, takeParts)
      return parts ? { streamId: streams.add(parts) } : result
    },
    'read-stream': ({ streamId }, signal) => streams.read(streamId, signal),
    async 'end-stream'({ streamId }) {
      streams.end(streamId)
      return null
    },
    async 'show-toast'({ title, description, variant }) {
      requireScope('showToast')
      attention.take('toast')
      const toast = { title, variant, ...(description === undefined ? {} : { description }) }
      const { showToast } = getSouk().services
      if (showToast) showToast(toast)
      else overlays.addToast(toast)
      return null
    },
    async confirm(request, signal) {
      requireScope('confirm')
      if (questions >= MAX_WAITING_QUESTIONS)
        throw new HostError(
          'LIMIT_EXCEEDED',
          `${MAX_WAITING_QUESTIONS} questions are waiting for the user already. Ask one after another.`,
        )
      attention.take('dialog')
      questions++
      try {
        return await overlays.confirm(request, extension.title, signal)
      } finally {
        questions--
      }
    },
    async 'connect-account'(request, signal) {
      requireScope('connectAccount')
      attention.take('dialog')
      return connectAccount({ extension, souk: getSouk(), overlays, request, signal })
    },
    async navigate({ path }) {
      requireScope('navigate')
      const { navigate } = getSouk().services
      if (!navigate) throw notOffered('navigate')
      const target = toPath(path)
      attention.take('navigation')
      navigate(target)
      return null
    },
    async 'open-record'({ recordType, recordId }) {
      requireScope('openRecord')
      const { openRecord } = getSouk().services
      if (!openRecord) throw notOffered('openRecord')
      attention.take('navigation')
      openRecord({ recordType, recordId })
      return null
    },
    async 'open-url'({ url }) {
      requireScope('openUrl')
      if (!isSafeUrl(url))
        throw new HostError('INVALID_INPUT', 'The URL is not one an extension may open. Use https:, mailto: or tel:.')
      // A window nobody asked for is a popup. Where the browser cannot say, its own popup blocker decides.
      if (navigator.userActivation?.isActive === false)
        throw new HostError('FORBIDDEN', 'A URL is opened only right after the user has pressed something.')
      attention.take('window')
      const { openUrl } = getSouk().services
      if (openUrl) openUrl(url)
      else window.open(url, '_blank', 'noopener,noreferrer')
      return null
    },
  }
}

/** The scope that a service needs here and that the installation was not granted. */
export const missingScope = (
  { services }: Souk,
  { grantedScopes }: ActiveExtension,
  service: ScopedService,
): string | undefined => {
  const scope = services.scopes?.[service]
  return scope === undefined || grantedScopes.includes(scope) ? undefined : scope
}

const notOffered = (service: string) =>
  new HostError(
    'METHOD_NOT_FOUND',
    `This product does not offer ${service} to extensions. It gives it in the services of SoukProvider.`,
  )

const ANYWHERE = 'https://souk.invalid'

/** The path as a browser reads it: tabs and newlines are dropped there, so that `/<tab>/evil.example` is another host. */
const toPath = (path: string): string => {
  const url = URL.canParse(path, ANYWHERE) ? new URL(path, ANYWHERE) : undefined
  const normal = url && url.origin === ANYWHERE ? url.pathname + url.search + url.hash : undefined
  if (normal === undefined || normal.startsWith('//'))
    throw new HostError(
      'INVALID_INPUT',
      'The path leads out of the product. Pass a path that starts with one slash, or use openUrl.',
    )
  return normal
}
