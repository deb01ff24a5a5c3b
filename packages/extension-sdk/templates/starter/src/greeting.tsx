import { Button, Stack, Text, useRecord, useSettings } from '@souk/extension-sdk/client'
import { useState } from 'react'
import type { settings } from './app'
import { greet } from './greet.server'

/** A widget beside a record: it asks the server for a greeting and counts how often. */
export function Greeting() {
  const { recordId } = useRecord()
  const { organization } = useSettings<typeof settings>()
  const [count, setCount] = useState(0)
  const [answer, setAnswer] = useState('Nobody has said anything yet.')
  const ask = async () => {
    setCount(count + 1)
    setAnswer(await greet(organization.greeting, recordId))
  }
  return (
    <Stack>
      <Text>{answer}</Text>
      <Button onPress={ask}>{`Say hello (${count})`}</Button>
    </Stack>
  )
}
