import { test } from 'vitest'
import { storageConformance } from '../testing/storage-conformance'
import { createMemoryStorage } from './memory-storage'

storageConformance({ test, createStorage: createMemoryStorage })
