import { useSouk } from '../souk-context'

/** A developer's plain text: its line breaks hold, nothing in it is markup. */
export const Prose = ({ text }: { readonly text: string }) => {
  const { Text } = useSouk().registry.components
  return (
    <div className="souk-marketplace-prose">
      <Text>{text}</Text>
    </div>
  )
}
