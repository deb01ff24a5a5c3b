import { createServer } from 'node:http'
import { toHonoHandler } from '@souk/server-adapter/hono'
import { toNodeListener } from '@souk/server-adapter/node'
import { Hono } from 'hono'
import { openSouk } from '../open-souk.mjs'
import { run } from '../run.mjs'
import { signIn } from '../session.mjs'

const { souk, close } = await openSouk()

const app = new Hono()
app.all('/api/souk/*', toHonoHandler(souk))
app.get('/sign-in', (c) => c.text('Welcome.', 200, { 'set-cookie': signIn('ada') }))
run(createServer(toNodeListener(app)), close)
