import { Command } from 'commander'
import pc from 'picocolors'
import { revokeToken } from '../protocol/api-operations'
import { SdkError } from '../sdk-error'
import { createOAuthApi, readUrl } from './create-api'
import type { Output } from './create-output'
import { readCredentials, writeCredentials } from './credentials'

/** Revokes the key of a login at the server and forgets it here. */
export const logoutCommand = (output: Output): Command =>
  new Command('logout')
    .description('Revoke the key of a login and forget it.')
    .option('--url <url>', 'base URL of the API; default: SOUK_URL, or where you logged in last')
    .option('--json', 'print one JSON value')
    .action(async (options: { url?: string }) => {
      const { current, marketplaces } = await readCredentials()
      const url = readUrl(options.url ?? process.env.SOUK_URL ?? current ?? undefined)
      const { [url]: credential, ...others } = marketplaces
      if (!credential) {
        output.data({ url, loggedOut: false, revoked: false })
        output.text(`There is no login to ${url}.`)
        return
      }
      const failed = await createOAuthApi(url)
        .send(revokeToken, { body: { token: credential.key } })
        .then(
          () => undefined,
          (error: unknown) => error,
        )
      await writeCredentials({
        current: current === url ? (Object.keys(others)[0] ?? null) : current,
        marketplaces: others,
      })
      if (failed !== undefined)
        throw new SdkError(
          'API_UNREACHABLE',
          `The key was forgotten here, but ${url} could not be told to revoke it. Revoke "${credential.name}" in the product.`,
          { cause: failed },
        )
      output.data({ url, loggedOut: true, revoked: true })
      output.text(`${pc.green('✔')} Logged out of ${url}. The key is revoked.`)
    })
