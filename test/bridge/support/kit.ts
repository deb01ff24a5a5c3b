// biome-ignore-all lint/correctness/noComponentHookFactories: the same components are made once for each of two Reacts.
import {
  type Chrome,
  createRegistry,
  defineContract,
  type Registry,
  type RegistryComponents,
  standardContract,
} from '@souk/host'
import * as hostReact from 'react'
import { createComponent } from '../../../packages/extension-sdk/src/client/create-component'
import { sdkReact } from '../../../packages/extension-sdk/test/support/sdk-react'

type AnyComponent = hostReact.ComponentType<Readonly<Record<string, unknown>>>

/** What a scenario is written with: a React, and four components. */
export interface Kit {
  readonly React: typeof hostReact
  readonly Box: AnyComponent
  readonly Panel: AnyComponent
  readonly Button: AnyComponent
  readonly Field: AnyComponent
}

const components = {
  Box: {
    description: 'Holds things.',
    props: {
      title: { type: 'string', optional: true },
      size: { type: 'number', optional: true },
      list: { type: 'array', items: { type: 'number' }, optional: true },
    },
    events: {},
    children: true,
    slots: [],
  },
  Panel: { description: 'Has slots.', props: {}, events: {}, children: true, slots: ['header', 'footer'] },
  Button: {
    description: 'Is pressed.',
    props: { label: { type: 'string' } },
    events: { onPress: [] },
    children: false,
    slots: [],
  },
  Field: {
    description: 'Is typed into.',
    props: { value: { type: 'string', optional: true } },
    events: { onChange: [{ type: 'string' }] },
    children: false,
    slots: [],
    controlled: { value: 'value', event: 'onChange' },
  },
} as const

const contract = defineContract({ components, surfaces: standardContract.surfaces })

const h = hostReact.createElement

const implement = ({
  createElement: h,
}: Pick<typeof hostReact, 'createElement'>): RegistryComponents<typeof contract> => ({
  Box: ({ title, size, list, children }) =>
    h('div', { 'data-title': title, 'data-size': size, 'data-list': list?.join() }, children),
  Panel: ({ header, footer, children }) =>
    h('section', null, h('header', null, header), h('main', null, children), h('footer', null, footer)),
  Button: ({ label, onPress }) => h('button', { type: 'button', onClick: () => void onPress?.() }, label),
  Field: ({ value, onChange }) =>
    h('input', {
      value: value ?? '',
      onChange: ({ target }: { target: HTMLInputElement }) => void onChange?.(target.value),
    }),
})

const chrome: Chrome = {
  Dialog: ({ title, children }) => h('div', { role: 'dialog', 'aria-label': title }, children),
  ConfirmDialog: () => null,
  Toasts: () => null,
  Notice: ({ code, message }) => h('p', { role: 'alert', 'data-code': code }, message),
  Placeholder: () => h('p', { role: 'status' }),
  WidgetFrame: ({ title, children }) => h('article', { 'aria-label': title }, children),
}

/** Plain HTML, so that nothing but the bridge can make a difference. */
// The provider is typed for the standard contract; it reads a registry only through what every registry has.
export const plainRegistry = createRegistry({
  contract,
  components: implement(hostReact),
  chrome,
}) as unknown as Registry

// Components differ in their props; a scenario gives each what it takes.
/** The registry's own components, drawn by the React that extensions have: what the bridge is measured against. */
export const directKit = { React: sdkReact, ...implement(sdkReact) } as unknown as Kit

/** The same by name, for an extension. */
export const extensionKit = {
  React: sdkReact,
  Box: createComponent('Box', components.Box),
  Panel: createComponent('Panel', components.Panel),
  Button: createComponent('Button', components.Button),
  Field: createComponent('Field', components.Field),
} as unknown as Kit
