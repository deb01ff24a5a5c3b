import { DEPLOYMENT_STATUSES } from '@souk/extension-sdk/protocol'
import { expect, test } from 'vitest'
import { DEPLOYMENT_MOVES, type DeploymentRecord } from '../storage'
import { DEPLOYMENT_STEPS, isInstallable, isRunnable } from './deployment-steps'

test('the steps are exactly the moves that the storage allows', () => {
  const steps = new Set<string>()
  for (const { types, from, to } of Object.values(DEPLOYMENT_STEPS))
    for (const type of types)
      for (const origin of from)
        if (DEPLOYMENT_MOVES[type][origin]?.includes(to)) steps.add(`${type}: ${origin} -> ${to}`)
  const moves = Object.entries(DEPLOYMENT_MOVES).flatMap(([type, table]) =>
    Object.entries(table).flatMap(([from, targets]) => targets.map((to) => `${type}: ${from} -> ${to}`)),
  )
  expect([...steps].sort()).toEqual(moves.sort())
})

test.each(DEPLOYMENT_STATUSES)('what is %s runs and is installed only where it may', (status) => {
  // The functions look at nothing else.
  const record = (deploymentType: string) =>
    ({
      deploymentType,
      status,
      rolloutHaltedAt: null,
      targetOrganizationId: deploymentType === 'development' ? 'org-a' : null,
    }) as DeploymentRecord
  expect(isRunnable(record('production'), 'org-a')).toBe(status === 'published' || status === 'deprecated')
  expect(isInstallable(record('production'), 'org-a')).toBe(status === 'published')
  expect(isRunnable(record('development'), 'org-a')).toBe(status === 'active')
  expect(isInstallable(record('development'), 'org-b')).toBe(false)
})
