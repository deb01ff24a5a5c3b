import { waitFor } from '@testing-library/react'
import { expect } from 'vitest'

/** A dialog may take the focus a frame after it opened; keys that are pressed before go elsewhere. */
export const focusInside = (element: HTMLElement): Promise<void> =>
  waitFor(() => expect(element.contains(document.activeElement)).toBe(true))
