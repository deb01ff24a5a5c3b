import { type State, TYPING_MODES } from '../app/src/rows'

const COMMANDS = ['create1k', 'replace', 'update10th', 'swap', 'append1k', 'clear', 'nothing']

const button = (label: string): string => `<button type="button">${label}</button>`

/** The one right content for a state of the app, as `outerHTML` tells it. */
export const expectedHtml = ({ rows, selected, count }: State): string => {
  const labels = [...COMMANDS, ...TYPING_MODES.map((mode) => `type ${mode}`), `count ${count}`]
  const lines = rows.map(
    ({ id, label }) =>
      `<tr${id === selected ? ' class="selected"' : ''}><td><span>${id}</span></td>` +
      `<td>${button(label)}</td><td>${button('remove')}</td></tr>`,
  )
  return `<div><div>${labels.map(button).join('')}</div><table aria-label="Rows"><tbody>${lines.join('')}</tbody></table></div>`
}
