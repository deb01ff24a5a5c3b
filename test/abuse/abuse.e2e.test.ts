import { examineHardening } from '@souk/server-adapter/runtime'
import { expect, test } from 'vitest'
import { type Contender, runContender } from './contenders'
import { PROGRAMS } from './programs'
import { createTheatre } from './theatre'

const run = async (contender: Contender) => {
  const theatre = await createTheatre()
  try {
    return (await runContender(contender, theatre, PROGRAMS)).complaints
  } finally {
    theatre.service.close()
  }
}

test('no program does harm in the embedded runtime', async () => {
  expect(await run('embedded')).toEqual([])
})

test('no program does harm in the hardened runtime', async () => {
  // The runtime refuses to start elsewhere; its own tests see to that.
  if (!examineHardening().available) return
  expect(await run('hardened')).toEqual([])
})

test('no program does harm in a remote worker', async () => {
  expect(await run('remote')).toEqual([])
})

test('nearly every program does harm where nothing protects', async () => {
  expect(await run('unprotected')).toEqual([])
})
