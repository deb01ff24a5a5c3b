import { openSouk } from '../open-souk.mjs'

let opened

/** Opened by the first request and not by `next build`, which loads the routes, too. */
export const getSouk = async () => {
  opened ??= openSouk()
  return (await opened).souk
}
