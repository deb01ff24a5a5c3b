import {
  API_KEY_SCOPES,
  type ApiKeyScope,
  getDeviceToken,
  revokeToken,
  startDeviceLogin,
} from '@souk/extension-sdk/protocol'
import type { Services } from '../../services/create-services'
import { DEVICE_GRANT } from '../../services/device-logins'
import { SoukError } from '../../souk-error'
import { defineRoute, type Route } from '../route'
import { deviceForm, deviceTokenForm, revokeForm } from '../schemas'

const tag = 'OAuth'

const toScopes = (text = ''): readonly ApiKeyScope[] => {
  const asked = text.split(' ')
  return API_KEY_SCOPES.filter((scope) => asked.includes(scope))
}

/** What a command line asks before it has a key. Nobody is signed in here; codes and tokens speak for themselves. */
export const oauthRoutes = ({ deviceLogins, developerAccounts }: Services): readonly Route[] => [
  defineRoute({
    operation: startDeviceLogin,
    summary: 'Begins a device login (RFC 8628).',
    tag,
    oauth: true,
    body: deviceForm,
    handle: ({ body }) => deviceLogins.start({ scopes: toScopes(body.scope), name: body.name }),
  }),
  defineRoute({
    operation: getDeviceToken,
    summary: 'Asks for the key of a device login (RFC 8628).',
    tag,
    oauth: true,
    body: deviceTokenForm,
    handle({ body }) {
      if (body.grant_type !== DEVICE_GRANT)
        throw new SoukError('UNSUPPORTED_GRANT_TYPE', `The only grant type here is ${DEVICE_GRANT}.`)
      return deviceLogins.token(body.device_code)
    },
  }),
  defineRoute({
    operation: revokeToken,
    summary: 'Gives an API key up (RFC 7009). What is no key counts as revoked.',
    tag,
    oauth: true,
    body: revokeForm,
    handle: ({ body }) => developerAccounts.revokeToken(body.token),
  }),
]
