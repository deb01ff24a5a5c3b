import { createServer } from 'node:http'
import { toExpressHandler } from '@souk/server-adapter/express'
import express from 'express'
import { openSouk } from '../open-souk.mjs'
import { run } from '../run.mjs'
import { signIn } from '../session.mjs'

const { souk, close } = await openSouk()

const app = express()
app.use(toExpressHandler(souk)) // before express.json(), so that Souk's own limits hold
app.use(express.json())
app.get('/sign-in', (_request, response) => response.setHeader('set-cookie', signIn('ada')).send('Welcome.'))
run(createServer(app), close)
