import type { ActiveExtension } from '@souk/extension-sdk/protocol'
import { vi } from 'vitest'
import type { SoukClient } from '../api/souk-client'
import { HostError } from '../host-error'

const unused = async (): Promise<never> => {
  throw new HostError('NOT_FOUND', 'This test has no such answer.')
}

/** A client without a server: `change` replaces what is installed, as an upgrade or an uninstall would. */
export const createFakeClient = (initial: readonly ActiveExtension[]) => {
  const listeners = new Set<() => void>()
  let extensions = initial
  const callFunction = vi.fn<SoukClient['callFunction']>(async () => ({ result: '"ok"', traceId: 't', durationMs: 1 }))
  const callFunctionWithFiles = vi.fn<SoukClient['callFunctionWithFiles']>(async () => ({
    result: '"ok"',
    traceId: 't',
    durationMs: 1,
  }))
  const client: SoukClient = {
    me: unused,
    catalog: unused,
    catalogApp: unused,
    catalogVersions: unused,
    // A fresh copy each time, as from a server.
    extensions: async () => structuredClone(extensions),
    installations: unused,
    installation: unused,
    install: unused,
    upgrade: unused,
    rollback: unused,
    moveToChannel: unused,
    uninstall: unused,
    events: unused,
    settings: unused,
    saveSettings: unused,
    connections: unused,
    connect: unused,
    testConnection: unused,
    disconnect: unused,
    callFunction,
    callFunctionWithFiles,
    developerAccounts: unused,
    deviceLogin: unused,
    approveDeviceLogin: unused,
    denyDeviceLogin: unused,
    request: unused,
    change: unused,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  return {
    client,
    callFunction,
    callFunctionWithFiles,
    change(next: readonly ActiveExtension[]) {
      extensions = next
      for (const listener of [...listeners]) listener()
    },
  }
}
