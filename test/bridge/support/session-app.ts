// biome-ignore-all lint/correctness/noComponentHookFactories: each app has a promise of its own to wait for.

import { defineApp } from '../../../packages/extension-sdk/src/app/define-app'
import type { App } from '../../../packages/extension-sdk/src/app/surfaces'
import * as client from '../../../packages/extension-sdk/src/client'
import { sdkReact } from '../../../packages/extension-sdk/test/support/sdk-react'

const { createElement: h, Suspense, useEffect, useState } = sdkReact
const { Button, Card, Input, Stack, Text } = client

/** An extension that uses everything the bridge has, a button for each. */
export const createSessionApp = (): App => {
  const greet = client.createServerFunction('src/greet.server.ts#greet')
  const never = new Promise<void>(() => {})

  const Waiting = ({ on }: { readonly on: boolean }) => {
    if (on) throw never
    return null
  }

  const Breaking = ({ on }: { readonly on: boolean }) => {
    if (on) throw new Error('The widget is broken.')
    return null
  }

  const Refund = ({ close }: client.DialogProps) => {
    const [amount, setAmount] = useState(1)
    return h(
      Stack,
      {},
      h(Text, {}, `Amount ${amount}`),
      h(Button, { label: 'More', onPress: () => setAmount(amount + 1) }),
      h(Button, { label: 'Close it', onPress: () => void close() }),
    )
  }

  const Widget = () => {
    const { recordId } = client.useRecord()
    const { theme } = client.useHostContext()
    const [name, setName] = useState('')
    const [result, setResult] = useState('')
    const [rows, setRows] = useState(['one', 'two', 'three', 'four'])
    const [isWaiting, setWaiting] = useState(false)
    const [isBroken, setBroken] = useState(false)
    useEffect(() => setRows((before) => [...before, 'five']), [])
    const tell = (answer: Promise<unknown>) =>
      void answer.then(
        (value) => setResult(`answered ${String(value)}`),
        (error: { readonly code?: unknown }) => setResult(`refused ${String(error.code)}`),
      )
    const press = (label: string, onPress: () => unknown) => h(Button, { key: label, label, onPress })
    return h(
      Stack,
      { gap: 'small' },
      h(Text, {}, `Record ${recordId} in ${theme}`),
      h(Input, { label: 'Name', value: name, onChange: (text: string) => setName(text.toUpperCase()) }),
      h(Card, { title: 'Result', actions: press('Greet', () => tell(greet(name))) }, result),
      press('Reverse', () => setRows([...rows].reverse())),
      press('Drop', () => setRows(rows.slice(1))),
      press('Toast', () => tell(client.showToast({ title: 'Done', variant: 'success' }))),
      press('Ask', () => tell(client.confirm({ title: 'Sure?', confirmLabel: 'Yes' }))),
      press('Dialog', () => tell(client.showDialog({ title: 'Refund', size: 'small', Dialog: Refund }).then(() => 1))),
      press('Go', () => tell(client.navigateTo('/tickets'))),
      press('Record', () => tell(client.openRecord({ recordType: 'ticket', recordId: '8' }))),
      press('Open', () => tell(client.openUrl('https://example.com/'))),
      press('Wait', () => setWaiting(!isWaiting)),
      press('Throw', () => {
        setResult('thrown')
        throw new Error('The handler is broken.')
      }),
      press('Break', () => setBroken(true)),
      h(
        Suspense,
        { fallback: h(Text, {}, 'waiting') },
        rows.map((row) => h(Text, { key: row }, row)),
        h(Waiting, { on: isWaiting }),
      ),
      h(Breaking, { on: isBroken }),
    )
  }

  return defineApp({ record: { widgets: [{ id: 'main', label: 'Main', component: Widget }] } })
}
