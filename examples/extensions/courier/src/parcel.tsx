import {
  Alert,
  Badge,
  Button,
  Input,
  List,
  ListItem,
  Stack,
  Text,
  useSettings,
  useStream,
} from '@souk/extension-sdk/client'
import { useEffect, useState } from 'react'
import type { settings } from './app.settings'
import { type Parcel, trace, track } from './track.server'

type Found = { readonly parcel: Parcel } | { readonly problem: string } | undefined

/** Where a parcel is, asked again and again until it is delivered or nobody looks any more. */
const useParcel = (code: string, everySeconds: number): Found => {
  const [found, setFound] = useState<Found>()
  useEffect(() => {
    if (!code) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOver = false
    const ask = async () => {
      try {
        const parcel = await track(code)
        if (isOver) return
        setFound({ parcel })
        if (parcel.state !== 'delivered') timer = setTimeout(ask, everySeconds * 1000)
      } catch (error) {
        if (!isOver) setFound({ problem: error instanceof Error ? error.message : 'It did not work.' })
      }
    }
    void ask()
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [code, everySeconds])
  return found
}

/** Every station on the way of a parcel, drawn as it comes. */
const Stations = ({ code }: { readonly code: string }) => {
  const { parts, isDone, error } = useStream(trace, code)
  return (
    <Stack>
      <List label="Stations">
        {parts.map((station) => (
          <ListItem key={station} title={station} />
        ))}
      </List>
      {isDone && !error ? <Text tone="muted">{`${parts.length} stations`}</Text> : null}
      {error ? <Alert tone="danger" title="Not every station could be read." /> : null}
    </Stack>
  )
}

export const ParcelWidget = () => {
  const { refreshSeconds } = useSettings<typeof settings>().organization
  const [typed, setTyped] = useState('')
  const [code, setCode] = useState('')
  const found = useParcel(code, refreshSeconds)
  return (
    <Stack>
      <Input label="Parcel number" value={typed} onChange={setTyped} />
      <Button onPress={() => setCode(typed.trim())}>Track</Button>
      {found && 'problem' in found ? <Alert tone="danger" title={found.problem} /> : null}
      {found && 'parcel' in found ? (
        <Text>
          {found.parcel.code} <Badge>{found.parcel.state}</Badge>
        </Text>
      ) : null}
      {found && 'parcel' in found ? <Stations code={found.parcel.code} /> : null}
    </Stack>
  )
}
