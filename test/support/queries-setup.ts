import { configure } from '@testing-library/dom'

// One second, the default, is short on a busy machine.
configure({ asyncUtilTimeout: 20_000 })
