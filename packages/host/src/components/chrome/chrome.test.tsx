import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useLocale } from 'react-aria-components'
import { expect, test, vi } from 'vitest'
import { focusInside } from '../../../../../test/support/focus-inside'
import { type Souk, SoukContext } from '../../souk-context'
import { standardChrome } from '../standard-chrome'

const { ConfirmDialog, Dialog, Notice, Toasts, WidgetFrame } = standardChrome

test('a dialog is closed by Escape and by its button', async () => {
  const onClose = vi.fn()
  render(
    <Dialog title="Refund" size="small" onClose={onClose}>
      Really?
    </Dialog>,
  )
  expect(screen.getByRole('dialog', { name: 'Refund' })).toHaveTextContent('Really?')
  await focusInside(screen.getByRole('dialog'))
  await userEvent.keyboard('{Escape}')
  await userEvent.click(screen.getByRole('button', { name: 'Close' }))
  expect(onClose).toHaveBeenCalledTimes(2)
})

test.each([
  ['Uninstall', true],
  ['Cancel', false],
])('a confirmation answers once for %s', async (button, expected) => {
  const onAnswer = vi.fn()
  render(<ConfirmDialog title="Uninstall it?" confirmLabel="Uninstall" destructive onAnswer={onAnswer} />)
  await userEvent.click(screen.getByRole('button', { name: button }))
  expect(onAnswer.mock.calls).toEqual([[expected]])
})

test('Escape answers a confirmation with no', async () => {
  const onAnswer = vi.fn()
  render(<ConfirmDialog title="Uninstall it?" confirmLabel="Uninstall" destructive onAnswer={onAnswer} />)
  await focusInside(screen.getByRole('alertdialog'))
  await userEvent.keyboard('{Escape}')
  expect(onAnswer.mock.calls).toEqual([[false]])
})

test('toasts are announced, and dismissed one by one', async () => {
  const onDismiss = vi.fn()
  render(<Toasts toasts={[{ id: 'a', title: 'Saved', variant: 'success' }]} onDismiss={onDismiss} />)
  expect(screen.getByRole('log', { name: 'Notifications' })).toHaveAttribute('aria-live', 'polite')
  await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }))
  expect(onDismiss).toHaveBeenCalledWith('a')
})

test('a notice carries its code and trace, and a retry only where one helps', () => {
  render(<Notice title="It stopped" message="It did not answer." code="TIMEOUT" traceId="req_1" />)
  expect(screen.getByRole('alert')).toHaveTextContent('TIMEOUT')
  expect(screen.getByRole('alert')).toHaveTextContent('req_1')
  expect(screen.queryByRole('button')).toBeNull()
})

const Direction = () => {
  const { locale, direction } = useLocale()
  return <p>{`${locale} ${direction}`}</p>
}

test("what stands in a widget follows the product's locale, not the browser's", () => {
  const context = { locale: 'ar-EG', theme: 'light' }
  render(
    // Only what the chrome reads of it.
    <SoukContext.Provider value={{ context } as unknown as Souk}>
      <WidgetFrame title="Orders" appTitle="Desk" avatarUrl={null}>
        <Direction />
      </WidgetFrame>
    </SoukContext.Provider>,
  )
  expect(screen.getByText('ar-EG rtl')).toBeVisible()
})
