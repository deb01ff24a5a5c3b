/** Serves the fake of an example's service on this machine: `npm run fake` in its folder. PORT chooses the port. */
import { createServer } from 'node:http'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { toNodeListener } from '@souk/server-adapter/node'

const [file = ''] = process.argv.slice(2)
const { createService } = await import(pathToFileURL(resolve(file)).href)
const port = Number(process.env.PORT ?? 4700)
createServer(toNodeListener(createService())).listen(port, () =>
  console.log(`The fake answers at http://localhost:${port}`),
)
