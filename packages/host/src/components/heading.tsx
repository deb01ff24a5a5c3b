import type { PropsOf } from './component-props'

export const Heading = ({ level = '2', children, methodsRef }: PropsOf<'Heading'>) => {
  const Tag = `h${level}` as const
  return (
    <Tag ref={methodsRef} className="souk-heading" data-level={level}>
      {children}
    </Tag>
  )
}
