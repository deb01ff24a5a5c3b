import { act, render, screen } from '@testing-library/react'
import { renderToString } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import type { ToastsProps } from '../registry/chrome'
import { testChrome } from '../testing/test-registry'
import { createOverlays } from './overlays'
import { OverlaysView } from './overlays-view'

const toast = (title: string) => ({ title, variant: 'info' }) as const

test('the region of toasts is there before the first one, and the same after the last', () => {
  const overlays = createOverlays()
  render(<OverlaysView overlays={overlays} registry={{ chrome: testChrome }} report={() => {}} />)
  const region = screen.getByRole('list', { name: 'Toasts' })
  act(() => overlays.addToast(toast('Saved')))
  expect(screen.getByRole('list', { name: 'Toasts' })).toBe(region)
  expect(region).toHaveTextContent('Saved')
  act(() => overlays.dismissToast(overlays.get().toasts[0]?.id ?? ''))
  expect(screen.getByRole('list', { name: 'Toasts' })).toBe(region)
  overlays.dispose()
})

test('on a server there is none', () => {
  const view = <OverlaysView overlays={createOverlays()} registry={{ chrome: testChrome }} report={() => {}} />
  expect(renderToString(view)).toBe('')
})

const FragileToasts = ({ toasts }: ToastsProps) => {
  if (toasts.some(({ title }) => title === 'bad')) throw new Error('cannot draw it')
  return <p>{toasts.map(({ title }) => title).join()}</p>
}

test('toasts that cannot be drawn are reported, and the next ones are drawn', () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => {})
  const overlays = createOverlays()
  const report = vi.fn()
  render(
    <OverlaysView
      overlays={overlays}
      registry={{ chrome: { ...testChrome, Toasts: FragileToasts } }}
      report={report}
    />,
  )
  act(() => overlays.addToast(toast('bad')))
  expect(report).toHaveBeenCalledWith(expect.objectContaining({ code: 'COMPONENT_FAILED' }))
  act(() => overlays.dismissToast(overlays.get().toasts[0]?.id ?? ''))
  act(() => overlays.addToast(toast('good')))
  expect(screen.getByText('good')).toBeVisible()
  overlays.dispose()
  error.mockRestore()
})
