import { isSafeUrl } from '@souk/extension-sdk/protocol'
import { Lexer, type Token, type Tokens } from 'marked'
import { Fragment, type ReactNode, useMemo } from 'react'
import type { PropsOf } from './component-props'
import { Link } from './link'

/** How deep quotes and lists may nest before the rest is shown as it was written. */
const DEEPEST = 16

/** Only elements of React are made, and HTML is text like any other: nothing of an extension is ever parsed as HTML. */
export const Markdown = ({ text, methodsRef }: PropsOf<'Markdown'>) => {
  const content = useMemo(() => {
    try {
      return drawBlocks(new Lexer({ gfm: true }).lex(text), 0)
    } catch {
      // Text that nests thousands of quotes runs the parser out of its stack.
      return <p>{text}</p>
    }
  }, [text])
  return (
    <div ref={methodsRef} className="souk-markdown">
      {content}
    </div>
  )
}

const drawAll = (tokens: readonly Token[], draw: (token: Token) => ReactNode): ReactNode =>
  tokens.map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place in the text.
    <Fragment key={index}>{draw(token)}</Fragment>
  ))

const drawBlocks = (tokens: readonly Token[], depth: number): ReactNode =>
  drawAll(tokens, (token) => (depth > DEEPEST ? token.raw : drawBlock(token, depth + 1)))

const drawInline = (tokens: readonly Token[] | undefined, depth: number): ReactNode =>
  drawAll(tokens ?? [], (token) => (depth > DEEPEST ? token.raw : drawSpan(token, depth + 1)))

// marked's Token is a union with an open member, so its kinds do not narrow: each cast names what the lexer makes for that type.
const drawBlock = (token: Token, depth: number): ReactNode => {
  switch (token.type) {
    case 'heading': {
      const { depth: level, tokens } = token as Tokens.Heading
      // The product has the first level for itself.
      const Title = `h${Math.min(6, level + 1)}` as 'h2'
      return <Title>{drawInline(tokens, depth)}</Title>
    }
    case 'paragraph':
      return <p>{drawInline((token as Tokens.Paragraph).tokens, depth)}</p>
    case 'blockquote':
      return <blockquote>{drawBlocks((token as Tokens.Blockquote).tokens, depth)}</blockquote>
    case 'code':
      return (
        // Focusable, so that a keyboard can scroll a long line.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
        <pre tabIndex={0}>
          <code>{(token as Tokens.Code).text}</code>
        </pre>
      )
    case 'list': {
      const { ordered, start, items } = token as Tokens.List
      const content = drawAll(items, (item) => {
        const { task, tokens } = item as Tokens.ListItem
        return <li className={task ? 'souk-markdown-task' : undefined}>{drawBlocks(tokens, depth)}</li>
      })
      return ordered ? <ol start={start === '' ? 1 : start}>{content}</ol> : <ul>{content}</ul>
    }
    case 'table': {
      const { header, rows } = token as Tokens.Table
      return (
        <table>
          <thead>
            <tr>{drawCells(header, 'th', depth)}</tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the text.
              <tr key={index}>{drawCells(row, 'td', depth)}</tr>
            ))}
          </tbody>
        </table>
      )
    }
    case 'hr':
      return <hr />
    case 'space':
    case 'def':
      return null
    case 'text': {
      const { tokens, text } = token as Tokens.Text
      return tokens ? drawInline(tokens, depth) : decodeEntities(text)
    }
    default:
      return drawSpan(token, depth)
  }
}

const drawCells = (cells: readonly Tokens.TableCell[], Cell: 'th' | 'td', depth: number): ReactNode =>
  cells.map(({ tokens, align }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place in the text.
    <Cell key={index} data-align={align === 'right' ? 'end' : (align ?? 'start')}>
      {drawInline(tokens, depth)}
    </Cell>
  ))

const drawSpan = (token: Token, depth: number): ReactNode => {
  switch (token.type) {
    case 'strong':
      return <strong>{drawInline((token as Tokens.Strong).tokens, depth)}</strong>
    case 'em':
      return <em>{drawInline((token as Tokens.Em).tokens, depth)}</em>
    case 'del':
      return <del>{drawInline((token as Tokens.Del).tokens, depth)}</del>
    case 'codespan':
      return <code>{(token as Tokens.Codespan).text}</code>
    case 'br':
      return <br />
    case 'checkbox':
      return (token as Tokens.Checkbox).checked ? '☑ ' : '☐ '
    case 'link': {
      const { href, tokens } = token as Tokens.Link
      const content = drawInline(tokens, depth)
      return isSafeUrl(href) ? <Link href={href}>{content}</Link> : content
    }
    case 'image': {
      // A picture from anywhere would tell that place who reads this, and when. A link does so only to those who follow it.
      const { href, text } = token as Tokens.Image
      return isSafeUrl(href) ? <Link href={href}>{text || href}</Link> : text
    }
    case 'escape':
      return (token as Tokens.Escape).text
    case 'text':
      return decodeEntities((token as Tokens.Text).text)
    default:
      return token.raw
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  copy: '©',
  euro: '€',
  ndash: '–',
  mdash: '—',
  hellip: '…',
}

/** The entities that people write by hand. What comes of them is text, and no more. */
const decodeEntities = (text: string): string =>
  text.replace(/&(?:(\w+)|#(\d{1,7}));/g, (whole, name?: string, code?: string) => {
    if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? whole) : whole
    const point = Number(code)
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole
  })
