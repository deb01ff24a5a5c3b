import type { ReactNode } from 'react'
import { standardRegistry } from '../../packages/host/src/components'
import type { Registry } from '../../packages/host/src/registry/create-registry'

export interface ShownRegistry {
  readonly registry: Registry
  /** What a product on it has around its pages anyway. */
  readonly Around: (props: {
    readonly theme: 'light' | 'dark'
    readonly locale: string
    readonly children: ReactNode
  }) => ReactNode
}

const NOTHING: ShownRegistry['Around'] = ({ children }) => children

/** Loaded when one is chosen, so that the others cost the stories of the default look nothing. */
const REGISTRIES = {
  souk: async (): Promise<ShownRegistry> => ({ registry: standardRegistry, Around: NOTHING }),
  'plain HTML': async (): Promise<ShownRegistry> => {
    const { registry } = await import('../../examples/plain-html/src/registry')
    return { registry, Around: NOTHING }
  },
  Mantine: async (): Promise<ShownRegistry> => (await import('./mantine')).mantine,
} as const

export const REGISTRY_NAMES = Object.keys(REGISTRIES) as readonly (keyof typeof REGISTRIES)[]

export const loadRegistry = (name: unknown): Promise<ShownRegistry> =>
  REGISTRIES[REGISTRY_NAMES.find((known) => known === name) ?? 'souk']()
