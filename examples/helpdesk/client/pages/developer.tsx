import { DeveloperPortal, type DeveloperRoute, ReviewDesk, type ReviewRoute } from '@souk/host/developer'
import { useMemo } from 'react'
import { navigate } from '../router'
import { fromDeveloperPath, fromReviewPath, toDeveloperPath, toReviewPath } from '../souk/developer-path'
import { setDocumentTitle } from '../use-document-title'
import type { Language } from '../use-language'

export interface DeveloperProps {
  /** The path of the page: `/developer` or `/review`, and what follows it. */
  readonly path: string
  readonly language: Language
}

const goTo = (route: DeveloperRoute) => navigate(toDeveloperPath(route))
const goToReview = (route: ReviewRoute) => navigate(toReviewPath(route))

export const Developer = ({ path, language }: DeveloperProps) => {
  const route = useMemo(() => fromDeveloperPath(path, location.hash), [path])
  return (
    <div className="fh-page" lang={language}>
      <DeveloperPortal route={route} onRouteChange={goTo} onTitleChange={setDocumentTitle} />
    </div>
  )
}

export const Review = ({ path, language }: DeveloperProps) => {
  const route = useMemo(() => fromReviewPath(path), [path])
  return (
    <div className="fh-page" lang={language}>
      <ReviewDesk route={route} onRouteChange={goToReview} onTitleChange={setDocumentTitle} />
    </div>
  )
}
