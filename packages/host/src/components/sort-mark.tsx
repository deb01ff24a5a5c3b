import { Glyph } from './icon'

/** Which way a column is sorted. It takes its room also when the column is not. */
export const SortMark = ({ direction }: { readonly direction: 'ascending' | 'descending' | undefined }) => (
  <span className="souk-sort-mark" data-direction={direction}>
    <Glyph name={direction === 'descending' ? 'arrow-down' : 'arrow-up'} />
  </span>
)
