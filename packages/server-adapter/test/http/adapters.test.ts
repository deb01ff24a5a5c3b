import { describe, test } from 'vitest'
import { httpConformance } from '../../src/testing'
import { MOUNTS } from './mounts'

describe.each(Object.entries(MOUNTS))('%s', (_name, { mount, overSocket }) => {
  httpConformance({ test, mount, overSocket })
})
