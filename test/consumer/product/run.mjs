import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createSoukClient, SoukProvider, Surface } from '@souk/host'
import { standardRegistry } from '@souk/host/components'
import { createSouk } from '@souk/server-adapter'
import { createProcessRuntime } from '@souk/server-adapter/runtime'
import { createMemoryStorage } from '@souk/server-adapter/storage'
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'

const runtime = createProcessRuntime({})
const souk = createSouk({
  storage: createMemoryStorage(),
  runtime,
  sandbox: { isolation: 'origin', origin: 'http://*.localhost:4501', hostOrigins: ['http://localhost:4500'] },
  secrets: { current: { id: '1', key: Buffer.alloc(32, 7).toString('base64') } },
  authenticate: async () => ({ userId: 'ada', organizationId: 'acme', role: 'admin' }),
})
const me = await (await souk.fetch(new Request('http://localhost/api/souk/me'))).json()
assert.equal(me.organizationId, 'acme')
const openapi = await (await souk.fetch(new Request('http://localhost/api/souk/openapi.json'))).json()
assert.match(openapi.openapi, /^3\.1/)
await souk.close()

const context = { theme: 'light', locale: 'en', timeZone: 'UTC', user: { id: 'ada' }, organization: { id: 'acme' } }
const html = renderToString(
  createElement(
    SoukProvider,
    { client: createSoukClient({ baseUrl: 'http://localhost/api/souk' }), registry: standardRegistry, context },
    createElement(Surface, { name: 'record.widgets', context: { recordType: 'ticket', recordId: 'T-1' } }),
  ),
)
assert.equal(typeof html, 'string')
assert.ok(existsSync(fileURLToPath(import.meta.resolve('@souk/host/styles.css'))))
