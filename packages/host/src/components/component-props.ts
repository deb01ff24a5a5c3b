import type { ComponentProps, MethodsProp, StandardComponentName, StandardContract } from '@souk/extension-sdk/protocol'
import type { ReactNode } from 'react'

/** The props of a standard component, as its implementation in the product receives them. */
export type PropsOf<Name extends StandardComponentName> = ComponentProps<
  StandardContract['components'][Name],
  ReactNode
> &
  MethodsProp<StandardContract['components'][Name]>
