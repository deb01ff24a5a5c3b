import type { ComponentContract } from '../contract'
import { base, container, controlMethods, flag, iconName, named, oneOf, optionalIconName, string, text } from './parts'

/** What does something. */
export const createActionComponents = () =>
  ({
    Button: {
      ...container,
      description: 'Does something.',
      props: {
        label: text,
        variant: oneOf('primary', 'secondary', 'quiet', 'danger'),
        size: oneOf('small', 'medium'),
        type: oneOf('button', 'submit'),
        disabled: flag,
        loading: flag,
      },
      events: { onPress: [] },
      methods: controlMethods,
    },
    IconButton: {
      ...base,
      description: 'A button that shows a picture. The label is read out, and shown to those who stay on it.',
      props: {
        label: string,
        icon: iconName,
        variant: oneOf('secondary', 'quiet', 'danger'),
        size: oneOf('small', 'medium'),
        disabled: flag,
      },
      events: { onPress: [] },
      methods: controlMethods,
      named,
    },
    ButtonGroup: { ...container, description: 'Buttons that belong together.', props: { label: text } },
    Menu: {
      ...container,
      description: 'A button that unfolds actions. Its children are MenuItems.',
      props: {
        label: string,
        icon: optionalIconName,
        variant: oneOf('primary', 'secondary', 'quiet'),
        disabled: flag,
      },
      methods: controlMethods,
      named,
    },
    MenuItem: {
      ...container,
      description: 'One action of a menu.',
      props: {
        label: text,
        description: text,
        icon: optionalIconName,
        tone: oneOf('default', 'danger'),
        disabled: flag,
      },
      events: { onPress: [] },
      methods: [],
    },
  }) as const satisfies Readonly<Record<string, ComponentContract>>
