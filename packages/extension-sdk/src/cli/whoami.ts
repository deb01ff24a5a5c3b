import { Command } from 'commander'
import pc from 'picocolors'
import { listDeveloperAccounts } from '../protocol/api-operations'
import { createApi } from './create-api'
import type { Output } from './create-output'
import { readCredentials } from './credentials'
import { readPages } from './read-pages'

export const whoamiCommand = (output: Output): Command =>
  new Command('whoami')
    .description('Show who you are logged in as, or whose API key this is.')
    .option('--url <url>', 'base URL of the API; default: SOUK_URL, or where you logged in last')
    .option('--json', 'print one JSON value')
    .action(async (options: { url?: string }) => {
      const api = await createApi(options)
      const accounts = await readPages(api, listDeveloperAccounts)
      // A key of the environment is not the one of the login.
      const login = process.env.SOUK_API_KEY ? undefined : (await readCredentials()).marketplaces[api.url]
      const key = login && { name: login.name, scope: login.scope, expiresAt: login.expiresAt }
      output.data({ url: api.url, accounts, ...(key ? { key } : {}) })
      for (const { title, slug } of accounts) output.text(`${pc.bold(title)} (${slug}) at ${api.url}`)
      if (accounts.length === 0) output.text(`The key is valid at ${api.url}, but has no developer account.`)
      if (key) output.text(`Logged in as "${key.name}" (${key.scope}) until ${key.expiresAt.slice(0, 10)}.`)
    })
