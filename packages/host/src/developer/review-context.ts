import { createContext, useContext } from 'react'
import { HostError } from '../host-error'
import type { ReviewRoute } from './route'

interface ReviewState {
  readonly go: (route: ReviewRoute) => void
  readonly toast: (title: string) => void
}

export const ReviewContext = createContext<ReviewState | null>(null)

export const useReview = (): ReviewState => {
  const state = useContext(ReviewContext)
  if (!state)
    throw new HostError(
      'PROVIDER_MISSING',
      'A reviewer screen was rendered outside of ReviewDesk, which knows who is looking. Render <ReviewDesk /> instead.',
    )
  return state
}
