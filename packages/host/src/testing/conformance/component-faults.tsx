import { type Contract, findPropProblem, type PlainValue } from '@souk/extension-sdk/protocol'
import { createElement, type ReactNode } from 'react'
import type { RegisteredComponent, Registry } from '../../registry/create-registry'
import { type Mounted, mountComponent, typeInto } from './mount-component'
import { type SampleProps, sampleProps } from './sample-props'
import { HOLDING, KINDRED, LATER, parentsOf, REPEATING, REVEALING, UNFOLDED } from './surroundings'

type AnyRegistry = Pick<Registry<Contract>, 'find' | 'contract'>
export type Wrap = (children: ReactNode) => ReactNode

const CHILD = 'Sample child'
const INJECTED = '<i data-souk-injected="">x</i>'

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

const isText = (value: PlainValue): value is string => typeof value === 'string'

/** Says what is wrong with a product's implementation of one component of its contract. Nothing, when it can be relied on. */
export const findComponentFaults = async (
  registry: AnyRegistry,
  name: string,
  wrap: Wrap = (children) => children,
): Promise<readonly string[]> => {
  const registered = registry.find(name)
  if (!registered) return [`${name} is not in the registry.`]
  const { contract } = registered
  const faults: string[] = []

  const draw = (props: Readonly<Record<string, unknown>>, children?: ReactNode): ReactNode => {
    const { Component } = registered
    const element = createElement(Component, { ...REVEALING[name], ...props }, children)
    const around = parentsOf(name).reduceRight<ReactNode>((inner, parent) => {
      const outer = registry.find(parent)
      return outer
        ? createElement(outer.Component, { ...sampleProps(outer.contract, false), ...HOLDING[parent] }, inner)
        : inner
    }, element)
    return wrap(around)
  }
  const check = async (
    what: string,
    props: Readonly<Record<string, unknown>>,
    children: ReactNode,
    look: (mounted: Mounted) => void | Promise<void>,
  ) => {
    let mounted: Mounted
    try {
      mounted = await mountComponent(draw(props, children))
    } catch (error) {
      faults.push(`${name} throws with ${what}: ${messageOf(error)}`)
      return
    }
    try {
      await look(mounted)
    } catch (error) {
      faults.push(`${name} throws with ${what}: ${messageOf(error)}`)
    }
    await mounted.unmount()
  }

  const required = sampleProps(contract, false)
  const full = sampleProps(contract, true)
  const children = contract.children && !KINDRED.has(name) ? CHILD : undefined
  const slots = Object.fromEntries(contract.slots.map((slot) => [slot, <span key={slot}>Sample slot {slot}</span>]))

  await check('its required props', required, undefined, () => {})
  await check('every text', full, children, (mounted) => {
    const shown = contract.named?.find((prop) => isText(full[prop]) && !LATER[name]?.includes(prop))
    const text = shown === undefined ? undefined : full[shown]
    if (isText(text) && !UNFOLDED.has(name) && !mounted.says(text))
      faults.push(`${name} neither shows nor speaks its ${shown}, which is what names it.`)
    if (children && !UNFOLDED.has(name) && !REPEATING.has(name) && !mounted.says(children))
      faults.push(`${name} does not show its children.`)
  })
  if (contract.slots.length > 0)
    await check('its slots', { ...required, ...slots }, children, (mounted) => {
      // What opens an overlay stands behind it, where some products hide it.
      for (const slot of contract.slots)
        if (!mounted.says(`Sample slot ${slot}`)) faults.push(`${name} does not show its slot ${slot}.`)
    })
  await check('markup in its texts', withMarkup(full), undefined, (mounted) => {
    if (mounted.find('[data-souk-injected]'))
      faults.push(`${name} takes text of an extension for HTML. Draw it as text.`)
  })
  await checkMethods(registered, required, check, faults)
  await checkPress(registered, required, check, faults)
  await checkEdit(registered, required, check, faults)
  return faults
}

const withMarkup = (props: SampleProps): SampleProps =>
  Object.fromEntries(
    Object.entries(props).map(([prop, value]) => [
      prop,
      isText(value) && value.startsWith('Sample') ? `${value} ${INJECTED}` : value,
    ]),
  )

type Check = (
  what: string,
  props: Readonly<Record<string, unknown>>,
  children: ReactNode,
  look: (mounted: Mounted) => void | Promise<void>,
) => Promise<void>

/** A component has to hand over what its methods are called on. */
const checkMethods = async (
  { name, contract }: RegisteredComponent,
  props: SampleProps,
  check: Check,
  faults: string[],
) => {
  const methods = contract.methods ?? []
  if (methods.length === 0) return
  const offers: unknown[] = []
  await check('methodsRef', { ...props, methodsRef: (offered: unknown) => offers.push(offered) }, undefined, () => {
    const offered = offers.find((one) => one !== null && one !== undefined) as Record<string, unknown> | undefined
    // jsdom has no scrollIntoView, and every element of a browser has.
    const has = (method: string) => method === 'scrollIntoView' || typeof offered?.[method] === 'function'
    const missing = offered ? methods.filter((method) => !has(method)) : methods
    if (missing.length > 0) faults.push(`${name} offers no ${missing.join(', ')} by its methodsRef.`)
  })
}

/** A button calls when it is pressed, and not when it is disabled. */
const checkPress = async (
  { name, contract }: RegisteredComponent,
  props: SampleProps,
  check: Check,
  faults: string[],
) => {
  if (!Object.hasOwn(contract.events, 'onPress') || UNFOLDED.has(name)) return
  let calls = 0
  const onPress = () => {
    calls++
  }
  const press = async (mounted: Mounted) => {
    // A row may be pressed as a whole, or by a button in it.
    const control = mounted.find('button, [role="button"], a[href]') ?? mounted.find('tbody tr')
    control?.click()
    await mounted.settle()
  }
  await check(
    'onPress',
    { ...props, label: props.label ?? 'Sample label', title: props.title ?? 'Sample title', onPress },
    undefined,
    async (mounted) => {
      await press(mounted)
      if (calls !== 1) faults.push(`${name} calls onPress ${calls} times for one press.`)
    },
  )
  if (!Object.hasOwn(contract.props, 'disabled')) return
  calls = 0
  await check(
    'disabled',
    { ...props, label: props.label ?? 'Sample label', disabled: true, onPress },
    undefined,
    async (mounted) => {
      await press(mounted)
      if (calls > 0) faults.push(`${name} calls onPress although it is disabled.`)
    },
  )
}

/** A field shows its value, and tells of an edit with what the contract says. Fields that are no native input are left to the product's own tests. */
const checkEdit = async (
  { name, contract }: RegisteredComponent,
  props: SampleProps,
  check: Check,
  faults: string[],
) => {
  const { controlled } = contract
  const schema = controlled && contract.props[controlled.value]
  const [argument] = (controlled && contract.events[controlled.event]) ?? []
  if (!controlled || !schema || !argument) return
  const told: unknown[][] = []
  const listen = (...args: unknown[]) => void told.push(args)
  const expectTold = () => {
    if (told.length === 0) return faults.push(`${name} does not call ${controlled.event} when the user edits it.`)
    for (const [first] of told) {
      // What a component tells is unknown; the schema is what judges it.
      const problem = findPropProblem(argument, first as PlainValue, `${name}.${controlled.event} argument 1`)
      if (problem) return faults.push(problem)
    }
  }
  if (schema.type === 'boolean')
    await check(
      controlled.value,
      { ...props, [controlled.value]: false, [controlled.event]: listen },
      undefined,
      async (mounted) => {
        const box = mounted.find('input[type="checkbox"], [role="checkbox"], [role="switch"]')
        if (!box) return
        box.click()
        await mounted.settle()
        expectTold()
      },
    )
  const isNativeText =
    schema.type === 'string' &&
    contract.props.placeholder?.type === 'string' &&
    !Object.hasOwn(contract.props, 'options')
  if (isNativeText)
    await check(
      controlled.value,
      { ...props, [controlled.value]: 'Sample value', [controlled.event]: listen },
      undefined,
      async (mounted) => {
        const field = mounted.find<HTMLInputElement>('input, textarea')
        if (!field) return void faults.push(`${name} has no input.`)
        if (field.value !== 'Sample value') faults.push(`${name} does not show its value.`)
        typeInto(field, 'Sample edit')
        await mounted.settle()
        expectTold()
        const last = told.at(-1)?.[0]
        if (typeof last === 'string' && last !== 'Sample edit')
          faults.push(`${name} tells ${JSON.stringify(last)} when "Sample edit" was typed.`)
      },
    )
}
