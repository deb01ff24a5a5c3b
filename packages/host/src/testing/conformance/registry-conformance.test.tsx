import { describe, expect, test } from 'vitest'
import { standardComponents, standardRegistry } from '../../components'
import type { Chrome } from '../../registry/chrome'
import { findChromeFaults, findComponentFaults, testRegistry } from '..'

describe('the standard registry', () => testRegistry({ registry: standardRegistry, test }))

/** The standard registry with one component replaced by a faulty one, which the compiler would partly refuse. */
const withFault = (name: string, Faulty: (props: never) => React.ReactNode) => ({
  ...standardRegistry,
  find: (wanted: string) => {
    const registered = standardRegistry.find(wanted)
    // The planted faults are what the suite is for.
    return registered && wanted === name
      ? { ...registered, Component: Faulty as typeof registered.Component }
      : registered
  },
})

type Props = Readonly<Record<string, string>> & { readonly children?: React.ReactNode }

test.each<[string, string, (props: never) => React.ReactNode, RegExp]>([
  [
    'throws',
    'Badge',
    () => {
      throw new Error('no theme')
    },
    /Badge throws .* no theme/,
  ],
  ['forgets its children', 'Card', ({ title }: Props) => <div>{title}</div>, /Card does not show its children/],
  [
    'forgets a slot',
    'Card',
    ({ title, children, actions }: Props) => (
      <div>
        {title}
        {actions}
        {children}
      </div>
    ),
    /Card does not show its slot footer/,
  ],
  ['has no name', 'Progress', () => <progress />, /Progress neither shows nor speaks its label/],
  [
    'takes text for HTML',
    'Stat',
    // biome-ignore lint/security/noDangerouslySetInnerHtml: it is the fault.
    ({ label }: Props) => <div dangerouslySetInnerHTML={{ __html: label ?? '' }} />,
    /Stat takes text of an extension for HTML/,
  ],
  [
    'offers no methods',
    'Input',
    ({ label, value, onChange }: Props & { onChange?: (text: string) => void }) => (
      <input aria-label={label} value={value ?? ''} onChange={(event) => onChange?.(event.target.value)} />
    ),
    /Input offers no focus, select, scrollIntoView/,
  ],
  [
    'tells the event instead of the text',
    'Input',
    ({ label, value, onChange }: Props & { onChange?: (event: unknown) => void }) => (
      <input aria-label={label} value={value ?? ''} onChange={(event) => onChange?.(event)} />
    ),
    /Input.onChange argument 1 must be a string/,
  ],
  [
    'tells nothing',
    'Checkbox',
    ({ label }: Props) => <input type="checkbox" aria-label={label} />,
    /Checkbox does not call onChange/,
  ],
  [
    'shows another value',
    'Textarea',
    ({ label }: Props) => <textarea aria-label={label} />,
    /Textarea does not show its value/,
  ],
  [
    'is pressed although disabled',
    'Button',
    ({ label, onPress, children }: Props & { onPress?: () => void }) => (
      <button type="button" onClick={() => onPress?.()}>
        {children ?? label}
      </button>
    ),
    /Button calls onPress although it is disabled/,
  ],
  [
    'is pressed twice',
    'IconButton',
    ({ label, onPress }: Props & { onPress?: () => void }) => (
      <button
        type="button"
        aria-label={label}
        onClick={() => {
          onPress?.()
          onPress?.()
        }}
      />
    ),
    /IconButton calls onPress 2 times/,
  ],
])('a component that %s fails', async (_, name, Faulty, expected) => {
  const faults = await findComponentFaults(withFault(name, Faulty), name)
  expect(faults.join('\n')).toMatch(expected)
})

test.each<[string, keyof Chrome, Partial<Chrome>, RegExp]>([
  [
    'a dialog that hides which app it is of',
    'Dialog',
    {
      Dialog: ({ title, onClose, children }) => (
        <div role="dialog">
          <h2>{title}</h2>
          <button type="button" onClick={onClose}>
            Close
          </button>
          {children}
        </div>
      ),
    },
    /does not show "Sample app"/,
  ],
  [
    'a dialog that cannot be closed',
    'Dialog',
    {
      Dialog: ({ title, appTitle, children }) => (
        <div role="dialog">
          {title} {appTitle} {children}
        </div>
      ),
    },
    /no button that tells "close"/,
  ],
  [
    'a question without a no',
    'ConfirmDialog',
    {
      ConfirmDialog: ({ title, appTitle, description, confirmLabel, onAnswer }) => (
        <div>
          {title} {appTitle} {description}
          <button type="button" onClick={() => onAnswer(true)}>
            {confirmLabel}
          </button>
        </div>
      ),
    },
    /no button that tells "no"/,
  ],
  [
    'a notice without a retry',
    'Notice',
    {
      Notice: ({ title, message }) => (
        <div>
          {title} {message}
        </div>
      ),
    },
    /no button that tells "retry"/,
  ],
  [
    'a frame that throws',
    'WidgetFrame',
    {
      WidgetFrame: () => {
        throw new Error('no grid')
      },
    },
    /chrome.WidgetFrame throws: no grid/,
  ],
])('%s fails', async (_, name, changes, expected) => {
  expect((await findChromeFaults({ ...standardRegistry.chrome, ...changes }, name)).join('\n')).toMatch(expected)
})

test('a component that the registry lacks fails', async () => {
  expect(await findComponentFaults({ ...standardRegistry, find: () => undefined }, 'Badge')).toEqual([
    'Badge is not in the registry.',
  ])
})

test('what a product leaves out is not tested', () => {
  const names: string[] = []
  testRegistry({
    registry: standardRegistry,
    test: (name) => void names.push(name),
    except: { Table: 'we have none yet' },
  })
  expect(names).toHaveLength(Object.keys(standardComponents).length - 1 + Object.keys(standardRegistry.chrome).length)
  expect(names).not.toContain('Table')
})
