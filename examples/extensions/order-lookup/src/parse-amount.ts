/** What a person types as an amount, `12.50` or `12,50`, in cents. `undefined` when it is none. */
export const parseAmount = (text: string): number | undefined => {
  const match = /^(\d{1,7})(?:[.,](\d{1,2}))?$/.exec(text.trim())
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : undefined
}
