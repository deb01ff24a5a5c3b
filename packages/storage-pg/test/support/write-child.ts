import { createPostgresStorage } from '../../src/create-postgres-storage'
import { fromPglite } from '../../src/from-pglite'
import { migrate } from '../../src/migrate'
import { openEmbeddedDatabase } from '../../src/open-embedded-database'
import { seedDeployment } from './seed'

// A process of its own: write-child.ts <folder> <round>. Prints the id of each installation once it is written.
const [folder = '', round = ''] = process.argv.slice(2)
const { pglite } = await openEmbeddedDatabase(folder)
const database = fromPglite(pglite)
await migrate(database)
const storage = createPostgresStorage({ database })
const deployment = await seedDeployment(storage, round)
for (let index = 0; index < 1_000; index++) {
  const id = `${round}-${index}`
  await storage.installations.create(
    {
      id,
      appId: deployment.appId,
      organizationId: id,
      currentDeploymentId: deployment.id,
      grantedScopes: ['tickets:read'],
      grantedEgress: [],
      installedBy: 'ada',
      channel: 'stable',
      installedAt: new Date(),
      uninstalledAt: null,
    },
    `event-${id}`,
  )
  await new Promise<void>((resolve) => process.stdout.write(`${id}\n`, () => resolve()))
}
