import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildResult, build, CLIENT_BUDGET_BYTES } from '@souk/extension-sdk/build'
import { expect, onTestFinished, test } from 'vitest'

const folderOf = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))

const temporary = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'souk-example-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const buildInto = async (cwd: string): Promise<BuildResult> =>
  build({ cwd, outDir: await temporary(), typeCheck: false })

const copyOf = async (name: string): Promise<string> => {
  const folder = await temporary()
  await cp(folderOf(name), folder, { recursive: true, filter: (path) => !/node_modules|[\\/]dist$/.test(path) })
  return folder
}

test.each<[string, readonly string[], readonly string[]]>([
  ['starter', ['record.widgets starter'], ['src/greet.server.ts#greet']],
  [
    'team-chat',
    [
      ...['record.actions share', 'record.bulkActions share-all'],
      ...[
        'callRecording.insight share-text',
        'callRecording.summary share-text',
        'callRecording.transcript share-text',
      ],
      ...['workflow.blocks send-message', 'workflow.nodes send-message', 'workflow.panels send-message'],
      ...['workflow.triggers new-message', 'workflow.triggers mention'],
    ],
    ['src/messages.server.ts#listChannels', 'src/messages.server.ts#poll', 'src/messages.server.ts#post'],
  ],
  [
    'shop-admin',
    ['workflow.blocks shop', 'workflow.nodes shop', 'workflow.panels shop', 'workflow.triggers shop-event'],
    ['src/run.server.ts#default'],
  ],
  [
    'table-base',
    ['record.widgets add-row'],
    ['src/import.server.ts#importRows', 'src/tables.server.ts#addRow', 'src/tables.server.ts#list'],
  ],
  [
    'courier',
    ['app.page page', 'record.widgets parcel', 'workflow.triggers delivered'],
    [
      'src/track.server.ts#pollDelivery',
      'src/track.server.ts#trace',
      'src/track.server.ts#track',
      'src/watch-list.server.ts#unwatch',
      'src/watch-list.server.ts#watch',
      'src/watch-list.server.ts#watched',
    ],
  ],
  [
    'payments',
    ['record.widgets payments', 'quickActions refund-payment'],
    ['src/payments.server.ts#listPayments', 'src/payments.server.ts#refund'],
  ],
])(
  '%s builds within the budget, keeps its server code, and has the same bytes in another folder',
  async (name, surfaces, callable) => {
    const { manifest, client, server, warnings } = await buildInto(folderOf(name))
    expect(warnings).toEqual([])
    expect(manifest.surfaces.map(({ kind, id }) => `${kind} ${id}`)).toEqual(surfaces)
    expect(manifest.functions.filter((entry) => entry.callable).map(({ id }) => id)).toEqual(callable)
    for (const { execute } of manifest.surfaces) if (execute) expect(callable).toContain(execute)
    expect(client.sizes.own.compressedBytes).toBeLessThan(CLIENT_BUDGET_BYTES)
    const code = await readFile(client.path, 'utf8')
    expect(code).not.toContain('.example')
    // Only an app with quick actions brings their form.
    expect(code.includes('runQuickAction')).toBe(surfaces.some((surface) => surface.startsWith('quickActions')))
    expect(JSON.parse(await readFile(`${client.path}.map`, 'utf8')).sources).toContain('src/app.tsx')
    const moved = await buildInto(await copyOf(name))
    expect([moved.client.sha256, moved.server?.sha256]).toEqual([client.sha256, server?.sha256])
    expect(moved.manifest).toEqual(manifest)
  },
)
