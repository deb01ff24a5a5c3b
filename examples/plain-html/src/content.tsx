import type { PropsOf } from '@souk/host/components'
import { type ReactNode, useState } from 'react'

type Contained = {
  readonly children?: ReactNode
  readonly methodsRef?: ((element: HTMLElement | null) => void) | undefined
}

/** Most components that only hold others differ in the element alone. */
const holding = (Tag: 'div' | 'span' | 'p' | 'code' | 'h3') => {
  const element = ({ children, methodsRef }: Contained) => <Tag ref={methodsRef}>{children}</Tag>
  return element
}

/** Beside one another. Without a little room between them, words of two would be one. */
const Row = ({ children, methodsRef }: Contained) => (
  <div ref={methodsRef} style={{ display: 'flex', flexWrap: 'wrap', gap: '0.5em' }}>
    {children}
  </div>
)

export const Stack = holding('div')
export const Inline = Row
export const Grid = holding('div')
export const Box = holding('div')
export const ButtonGroup = Row
export const CardTitle = holding('h3')
export const CardDescription = holding('p')
export const CardContent = holding('div')
export const CardFooter = holding('div')
export const Text = holding('span')
export const TextBlock = holding('p')
export const Typography = holding('p')
export const Code = holding('code')
export const Badge = holding('span')
export const Label = holding('span')
export const FieldRow = holding('div')
export const Accordion = holding('div')
export const WorkflowNodeText = holding('span')

export const ScrollArea = ({ label, children, methodsRef }: PropsOf<'ScrollArea'>) => (
  // Focusable, so that a keyboard can scroll it.
  // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
  <section ref={methodsRef} aria-label={label} tabIndex={0} style={{ maxHeight: '20rem', overflow: 'auto' }}>
    {children}
  </section>
)

export const Section = ({ title, description, actions, children, methodsRef }: PropsOf<'Section'>) => (
  <section ref={methodsRef}>
    {title ? <h2>{title}</h2> : null}
    {description ? <p>{description}</p> : null}
    {actions}
    {children}
  </section>
)

export const Card = ({ title, description, actions, footer, children, methodsRef }: PropsOf<'Card'>) => (
  <article ref={methodsRef}>
    {title ? <h3>{title}</h3> : null}
    {description ? <p>{description}</p> : null}
    {actions}
    {children}
    {footer}
  </article>
)

export const CardHeader = ({ actions, children, methodsRef }: PropsOf<'CardHeader'>) => (
  <header ref={methodsRef}>
    {children}
    {actions}
  </header>
)

export const Separator = ({ methodsRef }: PropsOf<'Separator'>) => <hr ref={methodsRef} />

export const Heading = ({ level = '3', children, methodsRef }: PropsOf<'Heading'>) => {
  const Tag = `h${level}` as const
  return <Tag ref={methodsRef}>{children}</Tag>
}

export const Link = ({ href, children, methodsRef }: PropsOf<'Link'>) => (
  <a ref={methodsRef} href={href || undefined} target="_blank" rel="noopener noreferrer">
    {children}
  </a>
)

export const Tag = ({ label, onRemove, disabled, children, methodsRef }: PropsOf<'Tag'>) => (
  <span ref={methodsRef}>
    {children ?? label}
    {onRemove ? (
      <button type="button" disabled={disabled} aria-label={`Remove ${label ?? ''}`} onClick={() => onRemove()}>
        ×
      </button>
    ) : null}
  </span>
)

export const Icon = ({ name, label, methodsRef }: PropsOf<'Icon'>) => (
  <span ref={methodsRef} {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}>
    [{name}]
  </span>
)

export const Image = ({ src, alt, width, height, methodsRef }: PropsOf<'Image'>) => (
  <img ref={methodsRef} src={src || undefined} alt={alt} width={width} height={height} referrerPolicy="no-referrer" />
)

export const Avatar = ({ name, src, methodsRef }: PropsOf<'Avatar'>) =>
  src ? (
    <img ref={methodsRef} src={src} alt={name} width="32" height="32" referrerPolicy="no-referrer" />
  ) : (
    <span ref={methodsRef}>{name}</span>
  )

export const AvatarGroup = ({ label, children, methodsRef }: PropsOf<'AvatarGroup'>) => (
  <fieldset ref={methodsRef} aria-label={label}>
    {children}
  </fieldset>
)

/** Without a parser, Markdown is shown as it was written: that is what Markdown is made for. */
export const Markdown = ({ text, methodsRef }: PropsOf<'Markdown'>) => <pre ref={methodsRef}>{text}</pre>

export const Tabs = ({ label, children, methodsRef }: PropsOf<'Tabs'>) => (
  <section ref={methodsRef} aria-label={label}>
    {children}
  </section>
)

/** One below the other, each to unfold: nothing is lost but the row of tabs. */
export const Tab = ({ label, disabled, children }: PropsOf<'Tab'>) =>
  disabled ? (
    <p>{label}</p>
  ) : (
    <details open>
      <summary>{label}</summary>
      {children}
    </details>
  )

export const AccordionItem = ({
  title,
  expanded,
  onExpandedChange,
  children,
  methodsRef,
}: PropsOf<'AccordionItem'>) => (
  <details
    ref={methodsRef}
    open={expanded}
    onToggle={(event) => {
      if (event.currentTarget.open !== expanded) onExpandedChange?.(event.currentTarget.open)
    }}
  >
    <summary>{title}</summary>
    {children}
  </details>
)

const ROLES = { danger: 'alert', warning: 'alert', neutral: 'status', info: 'status', success: 'status' } as const

export const Alert = ({ tone = 'neutral', title, actions, children, methodsRef }: PropsOf<'Alert'>) => (
  <div ref={methodsRef} role={ROLES[tone]}>
    {title ? <strong>{title}</strong> : null}
    {children}
    {actions}
  </div>
)

export const Banner = ({ tone = 'info', title, onDismiss, actions, children, methodsRef }: PropsOf<'Banner'>) => (
  <div ref={methodsRef} role={ROLES[tone]}>
    {title ? <strong>{title}</strong> : null}
    {children}
    {actions}
    {onDismiss ? (
      <button type="button" onClick={() => onDismiss()}>
        Dismiss
      </button>
    ) : null}
  </div>
)

export const Spinner = ({ label = 'Loading', methodsRef }: PropsOf<'Spinner'>) => (
  <span ref={methodsRef} role="status">
    {label}…
  </span>
)

export const Skeleton = ({ methodsRef }: PropsOf<'Skeleton'>) => (
  <span ref={methodsRef} aria-hidden="true">
    …
  </span>
)

export const Progress = ({ label, value, methodsRef }: PropsOf<'Progress'>) => (
  <label>
    {label} <progress ref={methodsRef} max={100} {...(value === undefined ? {} : { value })} />
  </label>
)

export const EmptyState = ({ title, description, actions, children, methodsRef }: PropsOf<'EmptyState'>) => (
  <div ref={methodsRef}>
    <strong>{title}</strong>
    {description ? <p>{description}</p> : null}
    {children}
    {actions}
  </div>
)

export const List = ({ label, children, methodsRef }: PropsOf<'List'>) => (
  <ul ref={methodsRef} aria-label={label}>
    {children}
  </ul>
)

export const ListItem = ({
  title,
  description,
  leading,
  trailing,
  onPress,
  children,
  methodsRef,
}: PropsOf<'ListItem'>) => (
  <li ref={methodsRef}>
    {leading}{' '}
    {onPress ? (
      <button type="button" onClick={() => onPress()}>
        {title ?? description}
      </button>
    ) : (
      title
    )}{' '}
    {description} {children} {trailing}
  </li>
)

export const DescriptionList = ({ items, methodsRef }: PropsOf<'DescriptionList'>) => (
  <dl ref={methodsRef}>
    {items.map(({ label, value }, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: two items may be the same.
      <div key={index}>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)

export const Stat = ({ label, value, change, methodsRef }: PropsOf<'Stat'>) => (
  <p ref={methodsRef}>
    {label}: <strong>{value}</strong> {change}
  </p>
)

export const Timeline = ({ label, children, methodsRef }: PropsOf<'Timeline'>) => (
  <ol ref={methodsRef} aria-label={label}>
    {children}
  </ol>
)

export const TimelineItem = ({ title, time, children, methodsRef }: PropsOf<'TimelineItem'>) => (
  <li ref={methodsRef}>
    <strong>{title}</strong> {time}
    {children}
  </li>
)

export const Steps = ({ label, items, current, methodsRef }: PropsOf<'Steps'>) => (
  <ol ref={methodsRef} aria-label={label}>
    {items.map((item, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place.
      <li key={index} {...(index + 1 === current ? { 'aria-current': 'step' as const } : {})}>
        {item.label} {item.description}
      </li>
    ))}
  </ol>
)

export const Pagination = ({ label, page, pageCount, onChange, methodsRef }: PropsOf<'Pagination'>) => {
  const [own, setOwn] = useState(1)
  const current = page ?? own
  const go = (next: number) => {
    setOwn(next)
    onChange?.(next)
  }
  return (
    <nav ref={methodsRef} aria-label={label}>
      <button type="button" disabled={current <= 1} onClick={() => go(current - 1)}>
        Previous page
      </button>
      {current} of {pageCount}
      <button type="button" disabled={current >= pageCount} onClick={() => go(current + 1)}>
        Next page
      </button>
    </nav>
  )
}

/** A chart's numbers. */
export const LineChart = ({ label, categories, series, unit = '', methodsRef }: PropsOf<'LineChart'>) => (
  <table ref={methodsRef} aria-label={label}>
    <caption>{label}</caption>
    <thead>
      <tr>
        <td />
        {categories.map((category, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two categories may have the same name.
          <th key={index} scope="col">
            {category}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {series.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a series is its place.
        <tr key={index}>
          <th scope="row">{one.label}</th>
          {categories.map((_, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a value is its place.
            <td key={place}>
              {one.values[place]} {unit}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
)

export const BarChart = ({ methodsRef, stacked: _, ...chart }: PropsOf<'BarChart'>) => (
  <LineChart {...chart} {...(methodsRef ? { methodsRef } : {})} />
)

export const Table = ({ label, columns, rows = [], onRowPress, emptyText, children, methodsRef }: PropsOf<'Table'>) => (
  <table ref={methodsRef} aria-label={label}>
    <caption>{label}</caption>
    {columns ? (
      <>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col">
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, cells }) => (
            <tr key={id}>
              {columns.map((column, index) => (
                <td key={column.id}>
                  {index === 0 && onRowPress ? (
                    <button type="button" onClick={() => onRowPress(id)}>
                      {cells[index]}
                    </button>
                  ) : (
                    cells[index]
                  )}
                </td>
              ))}
            </tr>
          ))}
          {rows.length === 0 ? (
            <tr>
              <td colSpan={columns.length}>{emptyText ?? 'Nothing to show'}</td>
            </tr>
          ) : null}
        </tbody>
      </>
    ) : (
      children
    )}
  </table>
)

// The head may hold a row, or the cells of one.
export const TableHead = ({ children, methodsRef }: PropsOf<'TableHead'>) => <thead ref={methodsRef}>{children}</thead>
export const TableBody = ({ children, methodsRef }: PropsOf<'TableBody'>) => <tbody ref={methodsRef}>{children}</tbody>

export const TableRow = ({ selected, onPress, children, methodsRef }: PropsOf<'TableRow'>) => (
  <tr ref={methodsRef} aria-selected={selected}>
    {children}
    {onPress ? (
      <td>
        <button type="button" onClick={() => onPress()}>
          Open
        </button>
      </td>
    ) : null}
  </tr>
)

export const TableColumn = ({ sort, onSort, children, methodsRef }: PropsOf<'TableColumn'>) => (
  <th ref={methodsRef} scope="col" aria-sort={sort}>
    {onSort ? (
      <button type="button" onClick={() => onSort()}>
        {children}
      </button>
    ) : (
      children
    )}
  </th>
)

export const TableCell = ({ header, children, methodsRef }: PropsOf<'TableCell'>) =>
  header ? <th ref={methodsRef}>{children}</th> : <td ref={methodsRef}>{children}</td>
