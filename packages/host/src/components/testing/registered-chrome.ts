import { type ComponentType, createElement } from 'react'
import type { Chrome } from '../../registry/chrome'
import { useSouk } from '../../souk-context'
import { standardChrome } from '../standard-chrome'

const drawn = (name: keyof Chrome) => {
  // biome-ignore lint/correctness/noComponentHookFactories: each is made once, for its name.
  const Drawn = (props: Readonly<Record<string, unknown>>) =>
    // Each takes the props of its name, which is how it is typed below.
    createElement(useSouk().registry.chrome[name] as unknown as ComponentType<Readonly<Record<string, unknown>>>, props)
  Drawn.displayName = name
  return Drawn
}

const names = Object.keys(standardChrome) as readonly (keyof Chrome)[]

/** Every piece of chrome as the registry around it draws it, for stories. */
export const { ConfirmDialog, Dialog, Notice, Placeholder, Toasts, WidgetFrame } =
  // The same names with the same props.
  Object.fromEntries(names.map((name) => [name, drawn(name)])) as unknown as Chrome
