import { BatchingRemoteConnection, createRemoteElement } from '@remote-dom/core/elements'
import { createRemoteComponent } from '@remote-dom/react'
import type { ComponentType } from 'react'
import { createBenchApp } from '../app/src/bench-app'
import { createFunctionTable, exchange } from './rpc-functions'

const elements = {
  'ui-button': createRemoteElement({ properties: { label: { type: String } }, events: ['press'] }),
  'ui-input': createRemoteElement({
    properties: { label: { type: String }, value: { type: String } },
    events: ['change'],
  }),
  'ui-stack': createRemoteElement({}),
  'ui-table': createRemoteElement({ properties: { label: { type: String } } }),
  'ui-table-body': createRemoteElement({}),
  'ui-table-cell': createRemoteElement({}),
  'ui-table-row': createRemoteElement({ properties: { selected: { type: Boolean } } }),
  'ui-text': createRemoteElement({}),
}

const component = <Props,>(
  tag: keyof typeof elements,
  eventProps: Readonly<Record<string, { event: string }>> = {},
): ComponentType<Props> => {
  customElements.define(tag, elements[tag])
  // Its types follow a global map of tag names, which this repository does not extend.
  return createRemoteComponent(tag as never, elements[tag] as never, { eventProps } as never) as ComponentType<Props>
}

interface RemoteInputProps {
  readonly label: string
  readonly value?: string
  readonly onChange?: (event: CustomEvent<string>) => void
}

const RemoteInput = component<RemoteInputProps>('ui-input', { onChange: { event: 'change' } })

/** The app, made of remote elements. */
export const RemoteApp = createBenchApp({
  Button: component('ui-button', { onPress: { event: 'press' } }),
  Input: ({ onChange, ...props }) => <RemoteInput {...props} onChange={({ detail }) => onChange?.(detail)} />,
  Stack: component('ui-stack'),
  Table: component('ui-table'),
  TableBody: component('ui-table-body'),
  TableCell: component('ui-table-cell'),
  TableRow: component('ui-table-row'),
  Text: component('ui-text'),
})

/** Sends mutations over a port, batched as its README says, with functions as numbers. */
export const connectOver = (port: MessagePort) => {
  const functions = createFunctionTable()
  port.onmessage = ({ data }) => functions.call(data.id, data.args)
  return new BatchingRemoteConnection({
    mutate: (records) => port.postMessage({ type: 'mutate', records: exchange(records, functions.encode) }),
    call: () => undefined,
  })
}
