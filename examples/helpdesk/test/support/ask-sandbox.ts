import { request } from 'node:http'

/** Asks the sandbox server the way a browser would, without needing `*.localhost` to resolve. @returns The status. */
export const askSandbox = (frameUrl: string): Promise<number | undefined> => {
  const { host, port, pathname } = new URL(frameUrl)
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path: pathname, headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    sent.once('error', reject)
    sent.end()
  })
}
