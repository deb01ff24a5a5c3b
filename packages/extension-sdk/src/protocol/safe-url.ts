/** The only URLs an extension may have the product open or link to. */
export const isSafeUrl = (url: string): boolean => {
  if (!URL.canParse(url)) return false
  const { protocol } = new URL(url)
  return protocol === 'https:' || protocol === 'mailto:' || protocol === 'tel:'
}
