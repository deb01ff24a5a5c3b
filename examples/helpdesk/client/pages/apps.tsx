import { Marketplace, type MarketplaceRoute } from '@souk/host/marketplace'
import { useMemo } from 'react'
import { navigate } from '../router'
import { fromPath, toPath } from '../souk/marketplace-path'
import { setDocumentTitle } from '../use-document-title'
import type { Language } from '../use-language'

export interface AppsProps {
  /** The path of the page: `/apps` and what follows it. */
  readonly path: string
  readonly language: Language
}

const goTo = (route: MarketplaceRoute) => navigate(toPath(route))

export const Apps = ({ path, language }: AppsProps) => {
  const route = useMemo(() => fromPath(path), [path])
  return (
    <div className="fh-page" lang={language}>
      <Marketplace route={route} onRouteChange={goTo} onTitleChange={setDocumentTitle} />
    </div>
  )
}
