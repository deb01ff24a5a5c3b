type TextField = HTMLInputElement | HTMLTextAreaElement

/** The field that has the caret, if any. Fields of some types, such as `email`, do not tell where theirs is. */
const focusedField = (place: Element | null): TextField | undefined => {
  const root = place?.getRootNode() as Document | ShadowRoot | undefined
  const element = root?.activeElement as Partial<TextField> | null | undefined
  // It has a selection, so it is a field of text.
  return typeof element?.selectionStart === 'number' ? (element as TextField) : undefined
}

/** Where the caret belongs after the text around it was changed. */
const movedCaret = (caret: number, before: string, after: string): number => {
  if (after.length === before.length) return caret
  const rest = before.slice(caret)
  // What follows the caret is the same: something was changed before it.
  return after.endsWith(rest) ? after.length - rest.length : Math.min(caret, after.length)
}

/**
 * Keeps caret and selection where they are while an extension's answer changes the text of the field the user is in: a browser
 * puts the caret at the end then, and the next letter would go there.
 *
 * @param place An element of the document that the field is in.
 * @returns Puts them back, once React has drawn.
 */
export const keepCaret = (place: Element | null): (() => void) => {
  const field = focusedField(place)
  if (!field) return () => {}
  const { value, selectionStart, selectionEnd, selectionDirection } = field
  return () => {
    if (field.value === value || focusedField(place) !== field) return
    const move = (caret: number | null) => movedCaret(caret ?? 0, value, field.value)
    field.setSelectionRange(move(selectionStart), move(selectionEnd), selectionDirection ?? 'none')
  }
}
