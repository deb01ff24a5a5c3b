import * as M from '@mantine/core'
import { findComponentFaults, testRegistry } from '@souk/host/testing'
import { createContext, useContext } from 'react'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ProductProvider } from './provider'
import { registry } from './registry'

const wrap = (children: React.ReactNode) => (
  <ProductProvider colorScheme="light" env="test">
    {children}
  </ProductProvider>
)

// jsdom has neither, and Mantine asks for both. Other files share this page.
beforeAll(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }))
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  )
})
afterAll(() => {
  vi.unstubAllGlobals()
})

describe('a registry on Mantine', () => testRegistry({ registry, test, wrap }))

type Props = Readonly<Record<string, string>> & { readonly children?: React.ReactNode }

/** The registry with one component replaced by what somebody in a hurry might write on Mantine. */
const withFault = (name: string, Faulty: (props: never) => React.ReactNode) => ({
  ...registry,
  find: (wanted: string) => {
    const registered = registry.find(wanted)
    // The planted faults are what the suite is for; the compiler would refuse some.
    return registered && wanted === name
      ? { ...registered, Component: Faulty as typeof registered.Component }
      : registered
  },
})

test.each<[string, string, (props: never) => React.ReactNode, RegExp]>([
  [
    "hands on Mantine's event instead of the text",
    'Input',
    ({ label, value, onChange, methodsRef }: Props & { onChange: () => void; methodsRef: () => void }) => (
      <M.TextInput ref={methodsRef} label={label} value={value ?? ''} onChange={onChange} />
    ),
    /Input.onChange argument 1 must be a string/,
  ],
  [
    "spreads what it was given, and loses the contract's names",
    'Button',
    ({ children, ...props }: Props) => <M.Button {...props}>{children}</M.Button>,
    /Button calls onPress 0 times/,
  ],
  [
    'keeps its slots to itself',
    'Card',
    ({ title, children }: Props) => (
      <M.Card>
        <M.Title order={3}>{title}</M.Title>
        {children}
      </M.Card>
    ),
    /Card does not show its slot actions/,
  ],
  ['needs a provider that is not there', 'Badge', () => <NeedsProvider />, /Badge throws .* no tenant/],
])('a component that %s fails', async (_, name, Faulty, expected) => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const faults = await findComponentFaults(withFault(name, Faulty), name, wrap)
  vi.mocked(console.error).mockRestore()
  expect(faults.join('\n')).toMatch(expected)
})

const Tenant = createContext<string | null>(null)

const NeedsProvider = () => {
  const tenant = useContext(Tenant)
  if (!tenant) throw new Error('no tenant')
  return tenant
}
