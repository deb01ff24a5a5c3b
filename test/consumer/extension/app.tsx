import { type App, defineApp, defineConfig, Settings } from '@souk/extension-sdk'
import { Button, Card, Input, Select, showDialog, showToast, useRecord } from '@souk/extension-sdk/client'
import { parseManifest } from '@souk/extension-sdk/protocol'
import { getOrganizationSettings, InvalidInputError } from '@souk/extension-sdk/server'

function Widget() {
  const { recordId } = useRecord()
  return (
    <Card title={recordId} actions={<Button onPress={() => showToast({ title: 'Hello' })}>Greet</Button>}>
      <Input label="Name" onChange={(value) => value.toUpperCase()} />
      {/* @ts-expect-error an Input needs a label */}
      <Input value="x" />
      {/* @ts-expect-error `loud` is not a variant of Button */}
      <Button variant="loud">Go</Button>
      {/* @ts-expect-error there is no style prop */}
      <Button style={{ color: 'red' }}>Go</Button>
      {/* @ts-expect-error the options of a Select have a value and a label */}
      <Select label="Reason" options={['damaged']} />
    </Card>
  )
}

const Empty = () => null

export const app: App = defineApp({
  record: {
    widgets: [{ id: 'hello', label: 'Hello', component: Widget }],
    actions: [
      {
        id: 'open',
        label: 'Open',
        onTrigger: () => void showDialog({ title: 'Hi', size: 'small', Dialog: Empty }),
      },
    ],
  },
  settings: {
    organization: {
      apiKey: Settings.secret({ label: 'API key' }),
      count: Settings.number({ label: 'Count', min: 1 }).optional(),
    },
  },
})

// @ts-expect-error a widget has a component
export const wrong: App = { record: { widgets: [{ id: 'x', label: 'X' }] } }

// @ts-expect-error `stepp` is not an option of number()
Settings.number({ label: 'Count', stepp: 1 })

// @ts-expect-error a scope has a purpose
export const config = defineConfig({ id: 'x', scopes: [{ id: 'tickets:read' }] })

export const run = async () => {
  const settings = await getOrganizationSettings()
  if (!settings.apiUrl) throw new InvalidInputError('No address.', { apiUrl: 'Fill it in.' })
  // @ts-expect-error a manifest is unknown until it was parsed
  return parseManifest({}).id
}
