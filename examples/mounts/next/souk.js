import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

let opened

/** Opened by the first request and not by `next build`, which loads the routes, too. */
export const getSouk = async () => {
  opened ??= open()
  return (await opened).souk
}

const open = async () => {
  // Left to Node: here the packages are linked folders, which Next would bundle. In a product, `serverExternalPackages` is enough.
  const address = pathToFileURL(join(process.cwd(), '../open-souk.mjs')).href
  const { openSouk } = await import(/* turbopackIgnore: true */ address)
  return openSouk()
}
