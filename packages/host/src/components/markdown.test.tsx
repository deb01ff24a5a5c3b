import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Markdown } from './markdown'

test.each([
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  'a <b onclick="alert(1)">b</b>',
  '<iframe src="https://example.com"></iframe>',
  '<a href="javascript:alert(1)">x</a>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
])('%s is text, and no element', (text) => {
  const { container } = render(<Markdown text={text} />)
  expect(container.querySelector('img, script, b, iframe, a, style')).toBeNull()
  expect(container).toHaveTextContent(/alert|iframe/)
})

test.each([
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](vbscript:x)',
  '[x](/settings)',
  '[x](//example.com)',
  '[x](http://example.com)',
  '![x](javascript:alert(1))',
  '[x]: javascript:alert(1)\n\n[x]',
])('%s is no link', (text) => {
  const { container } = render(<Markdown text={text} />)
  expect(container.querySelector('a, img')).toBeNull()
  expect(container).toHaveTextContent('x')
})

test('a link leads out without the window or the address, and a picture is a link to it', () => {
  const { container } = render(<Markdown text={'[Manual](https://example.com) ![Map](https://example.com/map.png)'} />)
  for (const name of ['Manual', 'Map'])
    expect(screen.getByRole('link', { name })).toHaveAttribute('rel', 'noopener noreferrer')
  expect(container.querySelector('img')).toBeNull()
})

test('what people write is drawn as they mean it', () => {
  const { container } = render(
    <Markdown
      text={
        '# Title\n\n**bold** *it* ~~gone~~ `a < b` &amp; \\*\n\n- [x] done\n- b\n\n3. c\n\n> quote\n\n```\nx = 1\n```\n\n| a | b |\n|--:|---|\n| 1 | 2 |\n\n---'
      }
    />,
  )
  expect(screen.getByRole('heading', { level: 2 })).toHaveTextContent('Title')
  expect(container.querySelector('p')).toHaveTextContent('bold it gone a < b & *')
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['☑ done', 'b', 'c'])
  expect(container.querySelector('ol')).toHaveAttribute('start', '3')
  expect(container.querySelector('pre')).toHaveTextContent('x = 1')
  expect(container.querySelector('blockquote')).toHaveTextContent('quote')
  expect(screen.getByRole('columnheader', { name: 'a' })).toHaveAttribute('data-align', 'end')
})

test.each([['>'], ['- '], ['*'], ['[']])('ten thousand times %j neither hangs nor throws', (mark) => {
  const { container } = render(<Markdown text={`${mark.repeat(10_000)} x`} />)
  expect(container).toHaveTextContent('x')
})
