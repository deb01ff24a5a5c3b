import { Button } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { Glyph } from './icon'
import { useMessages } from './use-messages'
import { useOwnValue } from './use-own-value'

/** The pages that get a button: the first, the last and those around where one is. A gap is 0. */
export const listPages = (page: number, pageCount: number): readonly number[] => {
  const near = [1, page - 1, page, page + 1, pageCount].filter((number) => number >= 1 && number <= pageCount)
  const shown = [...new Set(near)].sort((a, b) => a - b)
  return shown.flatMap((number, index) => {
    const before = shown[index - 1] ?? 0
    if (number - before <= 1) return [number]
    // A gap of one page is as wide as its button.
    return number - before === 2 ? [number - 1, number] : [0, number]
  })
}

export const Pagination = ({ label, page, pageCount, onChange, methodsRef }: PropsOf<'Pagination'>) => {
  const messages = useMessages()
  const [current, setOwn] = useOwnValue(page, 1)
  const go = (next: number) => {
    setOwn(next)
    onChange?.(next)
  }
  return (
    <nav ref={methodsRef} className="souk-pagination" aria-label={label}>
      <Button
        className="souk-page"
        aria-label={messages.previousPage}
        isDisabled={current <= 1}
        onPress={() => go(current - 1)}
      >
        <Glyph name="arrow-left" />
      </Button>
      {listPages(current, pageCount).map((number, index) =>
        number === 0 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: there are two gaps at most, one on each side.
          <span key={`gap-${index}`} className="souk-page-gap" aria-hidden="true">
            …
          </span>
        ) : (
          <Button
            key={number}
            className="souk-page"
            aria-label={`${messages.page} ${number}`}
            {...(number === current ? { 'aria-current': 'page' as const } : {})}
            onPress={() => go(number)}
          >
            {number}
          </Button>
        ),
      )}
      <Button
        className="souk-page"
        aria-label={messages.nextPage}
        isDisabled={current >= pageCount}
        onPress={() => go(current + 1)}
      >
        <Glyph name="arrow-right" />
      </Button>
    </nav>
  )
}
