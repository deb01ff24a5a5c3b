import { type App, Settings } from '@souk/extension-sdk'
import { Button, Stack, Text, useRecord, useSettings } from '@souk/extension-sdk/client'
import { useState } from 'react'
import { greet } from './greet.server'

const settings = { organization: { signature: Settings.string({ label: 'Signature', default: 'Your help desk' }) } }

const Starter = () => {
  const { recordId } = useRecord()
  const { organization } = useSettings<typeof settings>()
  const [greeting, setGreeting] = useState('')
  return (
    <Stack>
      <Button onPress={async () => setGreeting(await greet(recordId, organization.signature))}>Greet</Button>
      {greeting ? <Text>{greeting}</Text> : null}
    </Stack>
  )
}

export const app: App = {
  record: { widgets: [{ id: 'starter', label: 'Starter', recordTypes: ['ticket'], component: Starter }] },
  settings,
}
