import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterEach } from 'vitest'

// One second, the default, is short on a busy machine.
configure({ asyncUtilTimeout: 20_000 })

afterEach(cleanup)
