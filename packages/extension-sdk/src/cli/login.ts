import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { Command, InvalidArgumentError } from 'commander'
import pc from 'picocolors'
import { API_KEY_SCOPES, type DeviceToken } from '../protocol/api'
import { getDeviceToken, startDeviceLogin } from '../protocol/api-operations'
import { SdkError } from '../sdk-error'
import { createOAuthApi, readUrl } from './create-api'
import type { Output } from './create-output'
import { readCredentials, writeCredentials } from './credentials'

const CLIENT_ID = 'souk-cli'
const GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

const parseScope = (text: string): string => {
  const scopes = text.split(/[\s,]+/).filter((scope) => scope !== '')
  if (scopes.length === 0 || scopes.some((scope) => !API_KEY_SCOPES.some((known) => known === scope)))
    throw new InvalidArgumentError(`Pass some of ${API_KEY_SCOPES.join(', ')}.`)
  return scopes.join(' ')
}

interface LoginOptions {
  readonly url?: string
  readonly name?: string
  readonly scope: string
}

/** RFC 8628: shows a link and a code, and waits until a person let it in. */
export const loginCommand = (output: Output): Command =>
  new Command('login')
    .description('Log in to a marketplace in a browser.')
    .option('--url <url>', 'base URL of the API; default: SOUK_URL')
    .option('--name <name>', 'what the key is called; default: souk on this machine')
    .option('--scope <scopes>', 'what the key may do', parseScope, API_KEY_SCOPES.join(' '))
    .option('--json', 'print one JSON value; the link goes to stderr')
    .action(async ({ url, name = `souk on ${hostname()}`.slice(0, 120), scope }: LoginOptions) => {
      const api = createOAuthApi(readUrl(url ?? process.env.SOUK_URL))
      // Before anything else: a key that could not be kept would be lost.
      const { marketplaces } = await readCredentials()
      const { body: code } = await api.send(startDeviceLogin, { body: { client_id: CLIENT_ID, scope, name } })
      // Without it nothing goes on, so that it is said even with --json; stdout stays that one value.
      process.stderr.write(
        `Open ${pc.bold(code.verification_uri_complete)}\nThe page must show the code ${pc.bold(code.user_code)}. Waiting ...\n`,
      )
      const token = await waitForToken(api, code)
      const expiresAt = new Date(Date.now() + token.expires_in * 1000).toISOString()
      const credential = { key: token.access_token, name, scope: token.scope, expiresAt }
      const file = await writeCredentials({
        current: api.url,
        marketplaces: { ...marketplaces, [api.url]: credential },
      })
      output.data({ url: api.url, name, scope: token.scope, expiresAt, file })
      output.text(`${pc.green('✔')} Logged in to ${api.url} until ${expiresAt.slice(0, 10)}. The key is in ${file}.`)
    })

const waitForToken = async (
  api: ReturnType<typeof createOAuthApi>,
  code: { readonly device_code: string; readonly expires_in: number; readonly interval: number },
): Promise<DeviceToken> => {
  const end = Date.now() + code.expires_in * 1000
  let seconds = code.interval
  for (;;) {
    await sleep(seconds * 1000)
    try {
      const body = { grant_type: GRANT, client_id: CLIENT_ID, device_code: code.device_code }
      return (await api.send(getDeviceToken, { body })).body
    } catch (error) {
      if (!(error instanceof SdkError) || Date.now() >= end) throw error
      // Five seconds more each time (RFC 8628, 3.5); the server may ask for longer.
      if (error.code === 'DEVICE_SLOW_DOWN' || error.code === 'RATE_LIMITED')
        seconds = Math.max(seconds + 5, error.retryAfterSeconds ?? 0)
      // A connection that fails is tried again, more slowly.
      else if (error.code === 'API_UNREACHABLE') seconds *= 2
      else if (error.code !== 'DEVICE_AUTHORIZATION_PENDING') throw error
    }
  }
}
