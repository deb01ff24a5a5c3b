import { vi } from 'vitest'
import type { ReportDiagnostic } from '../../diagnostic'
import { createFakeExtensions, element, testExtension, textNode } from '../../testing/fake-extension'
import { createDevtools } from '../create-devtools'

/** A part of a tree that says hello. */
export const Hello = element(1, 'Stack', [element(2, 'Text', [textNode(3, 'Hello')])], { gap: 'small' }, ['onPress'])

/** Devtools with one extension, whose other end a test drives. */
export const createFrameTool = () => {
  const { connect, running } = createFakeExtensions()
  const told = vi.fn<ReportDiagnostic>()
  const devtools = createDevtools({ connect, onDiagnostic: told })
  return {
    devtools,
    told,
    /** Once it is connected. */
    running: async () => {
      devtools.connect({
        extension: testExtension(),
        report: () => undefined,
        onConnect: (port) => port.start?.(),
        onEnd: () => undefined,
      })
      const [fake] = running
      if (!fake) throw new Error('Nothing was connected.')
      await vi.waitFor(() => {
        if (devtools.get().frames[0]?.state !== 'running') throw new Error('It does not run yet.')
      })
      return fake
    },
  }
}
