import { SoukError } from '../../souk-error'
import type { FunctionRuntime } from '../function-runtime'
import { type ProcessRuntimeOptions, runInProcesses } from '../process-runtime'
import { bubblewrapLauncher, examineHardening } from './find-bubblewrap'

export interface HardenedRuntimeOptions extends ProcessRuntimeOptions {
  /** The program `bwrap`. Default: where distributions put it. */
  readonly bubblewrapPath?: string
}

/**
 * The process runtime with a second wall around each process: the sandbox of the operating system, with no network, no file but
 * Deno and its libraries, no capability, and a filter of system calls. It holds where Deno itself had a hole.
 *
 * @throws {SoukError} `RUNTIME_UNAVAILABLE` where the machine has no such sandbox. There is no falling back to less.
 */
export const createHardenedRuntime = (options: HardenedRuntimeOptions = {}): FunctionRuntime => {
  const hardening = examineHardening(options.bubblewrapPath)
  if (!hardening.available)
    throw new SoukError(
      'RUNTIME_UNAVAILABLE',
      `The hardened runtime cannot run on this machine. ${hardening.reason} Or use createProcessRuntime().`,
    )
  return runInProcesses(options, bubblewrapLauncher(hardening.bubblewrap))
}
