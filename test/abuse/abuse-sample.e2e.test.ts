import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Contender, runContender } from './contenders'
import { PROGRAMS } from './programs'
import { createTheatre, type Theatre } from './theatre'

let theatre: Theatre
beforeAll(async () => {
  theatre = await createTheatre()
})
afterAll(() => theatre.service.close())

/** A few of each kind; all of them run in `npm run test:long`. */
const SOME = [
  ...['escape-vm-new-context', 'environment-process', 'file-write-node', 'network-tcp', 'network-rebinding'],
  ...['network-redirect-credential', 'network-listen', 'tenant-object-prototype'],
  ...['tenant-read-global', 'loop-sync', 'flood-log-lines', 'result-large', 'process-exit', 'process-kill-other'],
]
const programs = PROGRAMS.filter(({ id }) => SOME.includes(id))

describe('some programs of the abuse suite', () => {
  test('are held by the embedded runtime', async () => {
    expect(programs).toHaveLength(SOME.length)
    expect((await runContender('embedded', theatre, programs)).complaints).toEqual([])
  })

  test('are held by a remote worker', async () => {
    expect((await runContender('remote', theatre, programs)).complaints).toEqual([])
  })

  test('do harm where nothing protects, so that the suite can tell', async () => {
    expect((await runContender('unprotected' satisfies Contender, theatre, programs)).complaints).toEqual([])
  })
})
