import { createServer } from 'node:http'
import { toNodeListener } from '@souk/server-adapter/node'
import { openSouk } from '../open-souk.mjs'
import { run } from '../run.mjs'
import { signIn } from '../session.mjs'

const { souk, close } = await openSouk()
const listener = toNodeListener(souk)

const server = createServer((request, response) => {
  if (request.url?.startsWith('/api/souk/')) return listener(request, response)
  if (request.url === '/sign-in') return response.setHeader('set-cookie', signIn('ada')).end('Welcome.')
  response.writeHead(404).end()
})
run(server, close)
