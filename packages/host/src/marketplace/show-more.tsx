import { useSouk } from '../souk-context'
import { messages } from './messages'

/** The button below a list that goes on. */
export const ShowMore = ({ loading, onPress }: { readonly loading: boolean; readonly onPress: () => void }) => {
  const { Button, Inline } = useSouk().registry.components
  return (
    <Inline justify="center">
      <Button loading={loading} onPress={onPress}>
        {messages.showMore}
      </Button>
    </Inline>
  )
}
