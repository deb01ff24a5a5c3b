/** For `process-life.test.ts`: a host whose guest spins, until somebody kills the host. Prints the id of the guest's process. */
import { createProcessRuntime } from './process-runtime'
import { bundleOf, callFunction } from './runtime-test-kit'

const runtime = createProcessRuntime({ poolSize: 0 })
const source = bundleOf({ pid: '() => process.pid', spin: '() => { for (;;); }' })
const { value } = await callFunction(runtime, source, 'pid')
console.log(value)
await callFunction(runtime, source, 'spin', { deadlineMs: 60_000 })
