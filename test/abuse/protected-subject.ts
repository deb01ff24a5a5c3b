import type { LookupAddress } from 'node:dns'
import process from 'node:process'
import type { FunctionRuntime, ProcessRuntimeOptions } from '@souk/server-adapter/runtime'
import { processTree, residentMegabytes } from './resident-memory'
import type { Subject } from './run-program'
import type { Theatre } from './theatre'

const PUBLIC: LookupAddress = { address: '93.184.215.14', family: 4 }
const LOOPBACK: LookupAddress = { address: '127.0.0.1', family: 4 }

/** Twice what a process may have, for what it takes between two looks at it. */
const BOUND_MEGABYTES = 640

export type CreateRuntime = (options: ProcessRuntimeOptions) => FunctionRuntime | Promise<FunctionRuntime>

/** A runtime in this process, as a product has it, in front of names that lie. */
export const createProtected = async (
  create: CreateRuntime,
  { secret, secretVariable, service }: Theatre,
): Promise<Subject> => {
  process.env[secretVariable] = secret
  const hosts: Record<string, string> = {
    'service.example': service.url,
    'other.example': service.url,
    'denied.example': service.url,
  }
  const runtime = await create({
    egress: {
      allowHttp: true,
      developmentHosts: hosts,
      resolve: async (host) => (host === 'mixed.example' ? [PUBLIC, LOOPBACK] : [LOOPBACK]),
    },
    poolSize: 2,
    // A machine that is busy with the suite takes its time to load a bundle.
    limits: { loadMs: 60_000 },
  })
  const before = residentMegabytes(process.pid)
  return {
    runtime,
    hosts,
    hostPid: () => process.pid,
    isHostAlive: () => true,
    residentMegabytes: () =>
      processTree(process.pid).map((pid) => residentMegabytes(pid) - (pid === process.pid ? before : 0)),
    boundMegabytes: BOUND_MEGABYTES,
    rebind: (host) => void delete hosts[host],
    graceMs: 10_000,
  }
}
