import { Command } from 'commander'
import pc from 'picocolors'
import { listDeveloperAccounts } from '../protocol/api-operations'
import { createApi } from './create-api'
import type { Output } from './create-output'
import { readPages } from './read-pages'

export const whoamiCommand = (output: Output): Command =>
  new Command('whoami')
    .description('Show whose API key this is.')
    .option('--url <url>', 'base URL of the API; default: SOUK_URL')
    .option('--json', 'print one JSON value')
    .action(async (options: { url?: string }) => {
      const api = createApi(options)
      const accounts = await readPages(api, listDeveloperAccounts)
      output.data({ url: api.url, accounts })
      for (const { title, slug } of accounts) output.text(`${pc.bold(title)} (${slug}) at ${api.url}`)
      if (accounts.length === 0) output.text(`The key is valid at ${api.url}, but has no developer account.`)
    })
