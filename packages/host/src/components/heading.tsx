import type { PropsOf } from './component-props'

export const Heading = ({ level = '2', children }: PropsOf<'Heading'>) => {
  const Tag = `h${level}` as const
  return (
    <Tag className="souk-heading" data-level={level}>
      {children}
    </Tag>
  )
}
