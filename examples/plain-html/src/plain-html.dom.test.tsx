import { testRegistry } from '@souk/host/testing'
import { describe, test } from 'vitest'
import { registry } from './registry'

describe('a registry in plain HTML', () => testRegistry({ registry, test }))
