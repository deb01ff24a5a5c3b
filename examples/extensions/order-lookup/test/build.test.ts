import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from '@souk/extension-sdk/build'
import { expect, onTestFinished, test } from 'vitest'

test('the extension builds, asks for little, and its listing is complete', async () => {
  const outDir = await mkdtemp(join(tmpdir(), 'souk-order-lookup-'))
  onTestFinished(() => rm(outDir, { recursive: true, force: true }))
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  const { manifest, listing, client } = await build({ cwd, outDir, typeCheck: false })
  expect(manifest).toMatchObject({
    id: 'order-lookup',
    scopes: [{ id: 'tickets:read' }],
    egress: { server: [{ host: 'orders.northwind.example', attach: { setting: 'apiKey' } }] },
  })
  expect(manifest.functions.filter((entry) => entry.callable).map((entry) => entry.id)).toEqual([
    'src/orders.server.ts#createRefund',
    'src/orders.server.ts#findOrders',
  ])
  expect(listing.description.length).toBeGreaterThanOrEqual(100)
  expect(listing.avatarUrl).toMatch(/^data:image\/png;base64,/)
  expect(await readFile(client.path, 'utf8')).not.toContain('idempotency-key')
})
