import { DeveloperPortal, type DeveloperRoute, ReviewDesk, type ReviewRoute } from '@souk/host/developer'
import { useMemo } from 'react'
import { navigate } from '../router'
import { fromDeveloperPath, fromReviewPath, toDeveloperPath, toReviewPath } from '../souk/developer-path'

export interface DeveloperProps {
  /** The path of the page: `/developer` or `/review`, and what follows it. */
  readonly path: string
}

const goTo = (route: DeveloperRoute) => navigate(toDeveloperPath(route))
const goToReview = (route: ReviewRoute) => navigate(toReviewPath(route))

export const Developer = ({ path }: DeveloperProps) => {
  const route = useMemo(() => fromDeveloperPath(path, location.hash), [path])
  return (
    <div className="fh-page">
      <DeveloperPortal route={route} onRouteChange={goTo} />
    </div>
  )
}

export const Review = ({ path }: DeveloperProps) => {
  const route = useMemo(() => fromReviewPath(path), [path])
  return (
    <div className="fh-page">
      <ReviewDesk route={route} onRouteChange={goToReview} />
    </div>
  )
}
