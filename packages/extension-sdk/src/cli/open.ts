import { Command } from 'commander'
import { SdkError } from '../sdk-error'
import type { Output } from './create-output'
import { openInBrowser } from './open-in-browser'

export const openCommand = (output: Output): Command =>
  new Command('open')
    .description('Open the product whose marketplace it is in the browser. Without a terminal, only print its address.')
    .option('--url <url>', 'base URL of the API; default: SOUK_URL')
    .option('--json', 'print one JSON value')
    .action((options: { url?: string; json?: boolean }) => {
      const url = options.url ?? process.env.SOUK_URL
      if (!url || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
        throw new SdkError(
          'CLI_USAGE',
          `${url ? `${url} is not the URL of an API` : 'The marketplace is not known'}. Set SOUK_URL to the base URL of its API, such as https://example.com/api/souk, or pass --url.`,
        )
      const { origin } = new URL(url)
      output.data({ url: origin })
      output.text(origin)
      if (!options.json && process.stdout.isTTY) openInBrowser(origin)
    })
