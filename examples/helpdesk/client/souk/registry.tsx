import { createRegistry } from '@souk/host'
import { standardChrome, standardComponents } from '@souk/host/components'
import type { ComponentProps } from 'react'
import { Avatar } from '../components/avatar'
import { Badge } from '../components/badge'
import { Button } from '../components/button'
import { Card } from '../components/card'
import { Deadline } from '../components/deadline'
import { contract } from './contract'

type PropsOf<Name extends keyof typeof standardComponents> = ComponentProps<(typeof standardComponents)[Name]>

const ProductButton = ({ label, disabled, onPress, children, ...rest }: PropsOf<'Button'>) => (
  <Button
    {...rest}
    disabled={disabled ?? false}
    {...(label && children ? { 'aria-label': label } : {})}
    onClick={() => onPress?.()}
  >
    {children ?? label}
  </Button>
)

const ProductCard = ({ title, description, actions, footer, children }: PropsOf<'Card'>) => (
  <Card title={title} description={description} actions={actions} footer={footer}>
    {children}
  </Card>
)

const ProductAvatar = ({ name, src, size }: PropsOf<'Avatar'>) =>
  src ? <standardComponents.Avatar name={name} src={src} size={size} /> : <Avatar name={name} size={size ?? 'medium'} />

/**
 * What extensions are drawn with. The product's own components stand where it has some; the rest are Souk's, which
 * take the product's colours and type from the `--souk-*` variables in `tokens.css`.
 */
export const registry = createRegistry({
  contract,
  components: {
    ...standardComponents,
    Button: ProductButton,
    Badge,
    Card: ProductCard,
    Avatar: ProductAvatar,
    Deadline,
  },
  chrome: standardChrome,
})
