import { useCallback, useMemo, useState } from 'react'
import { Loaded } from '../marketplace/loaded'
import { ScreenRoot } from '../marketplace/screen-root'
import { useLoad } from '../marketplace/use-load'
import { useToast } from '../marketplace/use-toast'
import { useSouk } from '../souk-context'
import { ReviewContext } from './review-context'
import { ReviewQueue } from './review-queue'
import type { ReviewRoute } from './route'
import { SubmissionScreen } from './submission-screen'
import { useMessages } from './use-messages'

export interface ReviewDeskProps {
  /** Where the user is, when the product keeps it, such as in its address. Without it, the desk keeps it itself. */
  readonly route?: ReviewRoute
  readonly onRouteChange?: (route: ReviewRoute) => void
  /** Hears the title of the screen that is shown, for the title of the product's page. */
  readonly onTitleChange?: (title: string) => void
}

/** Where the platform's reviewers see what was submitted, what it changes, and decide. */
export const ReviewDesk = ({ route, onRouteChange, onTitleChange }: ReviewDeskProps) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { EmptyState } = registry.components
  const [ownRoute, setOwnRoute] = useState<ReviewRoute>({ name: 'queue' })
  const current = route ?? ownRoute
  const me = useLoad(useCallback(() => client.me(), [client]))
  const toast = useToast()
  const state = useMemo(
    () => ({
      go: (next: ReviewRoute) => {
        setOwnRoute(next)
        onRouteChange?.(next)
      },
      toast,
    }),
    [onRouteChange, toast],
  )
  return (
    <ScreenRoot screen={current.name === 'queue' ? 'queue' : `submission ${current.id}`} onTitleChange={onTitleChange}>
      <Loaded load={me}>
        {({ reviewer }) =>
          reviewer ? (
            <ReviewContext.Provider value={state}>
              {current.name === 'queue' ? <ReviewQueue /> : <SubmissionScreen key={current.id} id={current.id} />}
            </ReviewContext.Provider>
          ) : (
            <EmptyState title={messages.reviewersOnly} description={messages.reviewersOnlyDescription} />
          )
        }
      </Loaded>
    </ScreenRoot>
  )
}
