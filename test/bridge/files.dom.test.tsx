import { encodeValue, isRefusal } from '@souk/extension-sdk/protocol'
import type { SoukClient } from '@souk/host'
import { standardRegistry } from '@souk/host/components'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import * as client from '../../packages/extension-sdk/src/client'
import { sdkReact } from '../../packages/extension-sdk/test/support/sdk-react'
import { createRuntimes, installed, mountPage, widgetApp } from './support/page'
import type { Crossing } from './support/pipe'
import { settle } from './support/settle'

/** Files from the user's choice to the call that brings them, over the real protocol. */

const { createElement: h, useState } = sdkReact
const importOrders = client.createServerFunction('src/orders.server.ts#importOrders')

type Handles = readonly client.FileHandle[]

/** What every extension of the page knows: they conspire. */
let known: Handles = []
afterEach(() => {
  known = []
  document.body.replaceChildren()
})

const Importer = () => {
  const [isShown, setShown] = useState(true)
  const [outcome, setOutcome] = useState('')
  const send = async () => {
    await importOrders({ files: known }).then(
      () => setOutcome('imported'),
      (error: { readonly code: string }) => setOutcome(error.code),
    )
  }
  return [
    isShown &&
      h(client.FileInput, {
        key: 'file',
        label: 'Orders',
        onChange: (handles: Handles) => {
          known = handles
        },
      }),
    h(client.Button, { key: 'send', label: 'Import', onPress: send }),
    h(client.Button, { key: 'hide', label: 'Hide', onPress: () => setShown(false) }),
    h(client.Text, { key: 'outcome' }, outcome),
  ]
}

/** Several extensions of one realm share its runtime: what any of them calls, the last one does. */
const open = async (...ids: readonly string[]) => {
  const crossed: unknown[] = []
  const onCross = ({ message }: Crossing) => void crossed.push(message)
  const answer = { result: 'null', traceId: 't', durationMs: 1 }
  const callFunction = vi.fn<SoukClient['callFunction']>(async () => answer)
  const callFunctionWithFiles = vi.fn<SoukClient['callFunctionWithFiles']>(async () => answer)
  const runtimes = createRuntimes(Object.fromEntries(ids.map((id) => [id, widgetApp(Importer)])), onCross)
  const page = mountPage({
    connect: runtimes.connect,
    registry: standardRegistry,
    extensions: ids.map((id) => installed(id)),
    client: { callFunction, callFunctionWithFiles },
  })
  for (const id of ids) await vi.waitFor(() => expect(page.widget(id).querySelector('input')).toBeTruthy(), 20_000)
  const press = async (id: string, label: string) => {
    const buttons = [...page.widget(id).querySelectorAll('button')]
    buttons.find(({ textContent }) => textContent === label)?.click()
    await settle(runtimes.sent)
  }
  const choose = async (id: string, file: File) => {
    await userEvent.upload(page.widget(id).querySelector('input') as HTMLInputElement, file)
    await settle(runtimes.sent)
  }
  const finds = (id: string, text: string) =>
    vi.waitFor(() => expect(page.widget(id).textContent).toContain(text), 20_000)
  return { page, press, choose, finds, crossed, callFunction, callFunctionWithFiles }
}

const SECRET = 'in-the-file-alone'
const file = () => new File([SECRET], 'orders.csv', { type: 'text/csv' })

test('the file that was chosen goes with the call that names it, and no byte of it to the extension', async () => {
  const { page, press, choose, finds, crossed, callFunction, callFunctionWithFiles } = await open('one')
  const chosen = file()
  await choose('one', chosen)
  await press('one', 'Import')
  await finds('one', 'imported')
  expect(callFunction).not.toHaveBeenCalled()
  const [installation, call, files] = callFunctionWithFiles.mock.calls[0] ?? []
  const args = encodeValue([{ files: known }])
  if (isRefusal(args)) throw new Error(args.refused)
  expect([installation, call?.args]).toEqual(['one', args.text])
  expect(files?.map((one) => [one.handle, one.file])).toEqual([[known[0], chosen]])
  // A preview and then the import: a handle is good for as long as its file is chosen.
  await press('one', 'Import')
  await vi.waitFor(() => expect(callFunctionWithFiles).toHaveBeenCalledTimes(2), 20_000)
  expect(JSON.stringify(crossed)).not.toContain(SECRET)
  expect(crossed.some((message) => JSON.stringify(message).includes('[object File]'))).toBe(false)
  page.unmount()
})

test('another extension that was told the handle gets nothing for it', async () => {
  const { page, press, choose, finds, callFunctionWithFiles } = await open('one', 'two')
  await choose('one', file())
  await press('two', 'Import')
  await finds('two', 'FILE_NOT_GRANTED')
  expect(callFunctionWithFiles).not.toHaveBeenCalled()
  page.unmount()
})

test('a handle is worth nothing once its field is gone', async () => {
  const { page, press, choose, finds, callFunctionWithFiles } = await open('one')
  await choose('one', file())
  await press('one', 'Hide')
  await press('one', 'Import')
  await finds('one', 'FILE_NOT_GRANTED')
  expect(callFunctionWithFiles).not.toHaveBeenCalled()
  page.unmount()
})
