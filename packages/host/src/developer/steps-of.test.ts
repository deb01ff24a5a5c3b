import { DEPLOYMENT_STATUSES } from '@souk/extension-sdk/protocol'
import { expect, test } from 'vitest'
import { type DeploymentStep, stepsOf } from './steps-of'

const STEPS: Readonly<Record<(typeof DEPLOYMENT_STATUSES)[number], readonly DeploymentStep[]>> = {
  active: ['submit'],
  'pending-review': ['withdraw'],
  'in-review': [],
  approved: ['publish'],
  rejected: ['submit'],
  withdrawn: ['submit'],
  published: ['deprecate'],
  deprecated: ['restore'],
}

test.each(DEPLOYMENT_STATUSES)('a production version that is %s offers the steps its developer may take', (status) => {
  expect(stepsOf({ deploymentType: 'production', status })).toEqual(STEPS[status])
})

test('a development version is only ever deprecated', () => {
  expect(stepsOf({ deploymentType: 'development', status: 'active' })).toEqual(['deprecate'])
  expect(stepsOf({ deploymentType: 'development', status: 'deprecated' })).toEqual([])
})
