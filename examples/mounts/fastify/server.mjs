import { toFastifyPlugin } from '@souk/server-adapter/fastify'
import Fastify from 'fastify'
import { openSouk } from '../open-souk.mjs'
import { run } from '../run.mjs'
import { signIn } from '../session.mjs'

const { souk, close } = await openSouk()

const app = Fastify()
app.register(toFastifyPlugin(souk))
app.get('/sign-in', (_request, reply) => reply.header('set-cookie', signIn('ada')).send('Welcome.'))
await app.ready()
run(app.server, close)
