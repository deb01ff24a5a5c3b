/** A category as people read it: `customer-support` is "Customer support". */
export const categoryName = (category: string): string => {
  const words = category.replaceAll(/[-_]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
