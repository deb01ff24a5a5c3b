import { createServer } from 'node:http'
import { toKoaMiddleware } from '@souk/server-adapter/koa'
import Koa from 'koa'
import { openSouk } from '../open-souk.mjs'
import { run } from '../run.mjs'
import { signIn } from '../session.mjs'

const { souk, close } = await openSouk()

const app = new Koa()
app.use(toKoaMiddleware(souk))
app.use((context) => {
  if (context.path !== '/sign-in') return
  context.set('set-cookie', signIn('ada'))
  context.body = 'Welcome.'
})
run(createServer(app.callback()), close)
