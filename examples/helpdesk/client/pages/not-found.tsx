import { linkTo } from '../router'
import { useDocumentTitle } from '../use-document-title'

export const NotFound = () => {
  useDocumentTitle('Not found')
  return (
    <div className="fh-page">
      <div className="fh-empty">
        <h1>There is no such page</h1>
        <p>
          It may have moved. <a {...linkTo('/inbox')}>Go to the inbox</a>
        </p>
      </div>
    </div>
  )
}
