import type { Action, State } from '../app/src/rows'
import { appRoot } from './app-html'

/** One step of the benchmark: what is clicked, and what the app does then. */
export interface Step {
  readonly action: (state: State) => Action
  readonly target: (container: HTMLElement, state: State) => HTMLElement | undefined
}

/** A button of the app's first line. */
export const findButton = (container: HTMLElement, label: string): HTMLElement | undefined =>
  [...(appRoot(container)?.firstElementChild?.querySelectorAll('button') ?? [])].find(
    (candidate) => candidate.textContent === label,
  )

const command = (type: Exclude<Action['type'], 'select' | 'remove' | 'typing' | 'text' | 'count'>): Step => ({
  action: () => ({ type }),
  target: (container) => findButton(container, type),
})

const inRow = (type: 'select' | 'remove', index: number, cell: number): Step => ({
  action: ({ rows }) => ({ type, id: rows[index]?.id ?? 0 }),
  target: (container) =>
    container.querySelectorAll('tr')[index]?.querySelectorAll('td')[cell]?.querySelector('button') ?? undefined,
})

export const STEPS = {
  create1k: command('create1k'),
  replace: command('replace'),
  update10th: command('update10th'),
  select: inRow('select', 4, 1),
  swap: command('swap'),
  remove: inRow('remove', 5, 2),
  append1k: command('append1k'),
  clear: command('clear'),
  click: {
    action: () => ({ type: 'count' }),
    target: (container, { count }) => findButton(container, `count ${count}`),
  },
  nothing: command('nothing'),
} satisfies Record<string, Step>

export type StepName = keyof typeof STEPS
