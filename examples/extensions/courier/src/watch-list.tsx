import {
  Badge,
  Button,
  EmptyState,
  IconButton,
  Inline,
  Input,
  InvalidInputError,
  invalidateAsyncCache,
  List,
  ListItem,
  Spinner,
  Stack,
  useAsyncCache,
} from '@souk/extension-sdk/client'
import { Suspense, useState } from 'react'
import { unwatch, watch, watched } from './watch-list.server'

const Watched = () => {
  const parcels = useAsyncCache(watched)
  const remove = async (code: string) => {
    await unwatch(code)
    invalidateAsyncCache(watched)
  }
  if (parcels.length === 0)
    return <EmptyState title="No parcel is watched" description="Add one by its number, and everybody here sees it." />
  return (
    <List label="Watched parcels">
      {parcels.map(({ code, state }) => (
        <ListItem
          key={code}
          title={code}
          trailing={
            <Inline>
              <Badge tone={state === 'delivered' ? 'success' : 'neutral'}>{state}</Badge>
              <IconButton icon="trash" label={`Stop watching ${code}`} onPress={() => remove(code)} />
            </Inline>
          }
        />
      ))}
    </List>
  )
}

/** The app's own page: the parcels that the organization watches together. */
export const WatchList = () => {
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string>()
  const add = async () => {
    try {
      await watch(code.trim())
      setCode('')
      setProblem(undefined)
      invalidateAsyncCache(watched)
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'It did not work.'
      setProblem(error instanceof InvalidInputError ? (error.fields.code ?? reason) : reason)
    }
  }
  return (
    <Stack>
      <Input label="Parcel number" value={code} error={problem} onChange={setCode} />
      <Button variant="primary" disabled={code.trim() === ''} onPress={add}>
        Watch
      </Button>
      <Suspense fallback={<Spinner label="Asking the courier" />}>
        <Watched />
      </Suspense>
    </Stack>
  )
}
