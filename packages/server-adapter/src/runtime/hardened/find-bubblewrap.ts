import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Launcher } from '../launch-guest'
import { seccompFilter } from './seccomp-filter'

/** Whether this machine can run `createHardenedRuntime`, and what is missing where it cannot. */
export type Hardening =
  | { readonly available: true; readonly bubblewrap: string }
  | { readonly available: false; readonly reason: string }

const PATHS = ['/usr/bin/bwrap', '/bin/bwrap', '/usr/local/bin/bwrap']
/** What Deno is linked with. Nothing else of the machine is there to be read. */
const LIBRARIES = ['/lib', '/lib64', '/usr/lib', '/usr/lib64', '/etc/ld.so.cache', '/nix/store']
const GUEST_DENO = '/deno'
/** The descriptor after the one of the frames. */
const FILTER_DESCRIPTOR = '4'

const sandboxArguments = (denoPath: string): string[] => [
  // User, mount, process, network, host name, and message queues of its own.
  '--unshare-all',
  '--die-with-parent',
  '--new-session',
  '--as-pid-1',
  ...['--cap-drop', 'ALL'],
  ...['--hostname', 'guest'],
  ...LIBRARIES.flatMap((path) => ['--ro-bind-try', path, path]),
  ...['--ro-bind', denoPath, GUEST_DENO],
  // All that Deno asks of /proc, which many containers forbid to mount, and which tells much.
  ...['--symlink', GUEST_DENO, '/proc/self/exe'],
  ...['--remount-ro', '/'],
  ...['--chdir', '/'],
]

/** Starts Deno inside of bubblewrap. */
export const bubblewrapLauncher = (bubblewrap: string): Launcher => {
  const filter = seccompFilter()
  return {
    command: (denoPath) => [
      bubblewrap,
      ...sandboxArguments(denoPath),
      ...(filter ? ['--seccomp', FILTER_DESCRIPTOR] : []),
      ...['--', GUEST_DENO],
    ],
    ...(filter ? { filter } : {}),
    wraps: true,
  }
}

/**
 * Looks whether the system's sandbox works here. It is tried, not only looked for: many containers have the program and forbid
 * what it does.
 */
export const examineHardening = (bubblewrapPath?: string): Hardening => {
  if (process.platform !== 'linux')
    return { available: false, reason: `Bubblewrap exists on Linux only; this is ${process.platform}.` }
  const bubblewrap = (bubblewrapPath === undefined ? PATHS : [bubblewrapPath]).find((path) => existsSync(path))
  if (!bubblewrap)
    return {
      available: false,
      reason: 'There is no bubblewrap. Install it, as in: apt-get install bubblewrap',
    }
  const trial = ['--unshare-all', '--ro-bind', '/', '/', '--cap-drop', 'ALL', '--', '/bin/true']
  const { status, stderr } = spawnSync(bubblewrap, trial, { encoding: 'utf8' })
  return status === 0
    ? { available: true, bubblewrap }
    : {
        available: false,
        reason: `Bubblewrap does not work here: ${stderr.trim() || `it ended with ${status}`}. Allow unprivileged user namespaces.`,
      }
}
