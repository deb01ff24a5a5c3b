/** The part of a document a person would see, written down: text, elements, attributes, and what stands in fields. */
export const readDom = (parent: ParentNode): string => {
  let text = ''
  for (const node of parent.childNodes) {
    if (node instanceof Text) text += node.data
    // A container that lays nothing out is not seen.
    else if (node instanceof HTMLElement && node.style.display === 'contents') text += readDom(node)
    else if (node instanceof HTMLElement && node.style.display !== 'none') {
      const { localName } = node
      // Never seen: the host puts one before and after what suspends.
      if (localName === 'template') continue
      // react-dom marks what Suspense has hidden and shown again with an empty style.
      const attributes = [...node.attributes]
        .filter(({ name, value }) => name !== 'value' && !(name === 'style' && value === ''))
        .map(({ name, value }) => ` ${name}=${JSON.stringify(value)}`)
        .sort()
        .join('')
      const value = node instanceof HTMLInputElement ? ` value=${JSON.stringify(node.value)}` : ''
      text += `<${localName}${attributes}${value}>${readDom(node)}</${localName}>`
    }
  }
  return text
}

/** The elements in sight, in the order of the document. */
export const visible = <E extends HTMLElement>(parent: ParentNode, selector: string): E[] =>
  [...parent.querySelectorAll<E>(selector)].filter((element) => {
    for (let at: HTMLElement | null = element; at; at = at.parentElement) if (at.style.display === 'none') return false
    return true
  })
