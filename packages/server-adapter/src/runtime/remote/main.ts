/** The program `souk-functions`: a worker of server functions, until it is told to end. */
import process from 'node:process'
import { startFunctionServer } from './start-function-server'

const SIGNALS = ['SIGTERM', 'SIGINT'] as const

startFunctionServer(process.env).then(
  ({ port, close }) => {
    console.log(`Server functions run here, on port ${port}.`)
    for (const signal of SIGNALS) process.once(signal, () => void close().then(() => process.exit(0)))
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  },
)
