import { useSouk } from '../souk-context'
import { useMessages } from './use-messages'

/** The button below a list that goes on. */
export const ShowMore = ({ loading, onPress }: { readonly loading: boolean; readonly onPress: () => void }) => {
  const messages = useMessages()
  const { Button, Inline } = useSouk().registry.components
  return (
    <Inline justify="center">
      <Button loading={loading} onPress={onPress}>
        {messages.showMore}
      </Button>
    </Inline>
  )
}
