import type { AppListing, PublishCheck } from './api'
import type { Manifest } from './manifest'

export const MIN_DESCRIPTION_LENGTH = 100

/** What an app still lacks before it can be shown to others. A pure function: asked on submit, on publish, by the form and by `souk check`. */
export const publishChecks = (listing: AppListing, manifest: Manifest): readonly PublishCheck[] => [
  ...(listing.category?.trim()
    ? []
    : [
        check(
          'CATEGORY_MISSING',
          'category',
          'error',
          'The app has no category.',
          'Choose the category it belongs to.',
        ),
      ]),
  ...(listing.description.trim().length >= MIN_DESCRIPTION_LENGTH
    ? []
    : [
        check(
          'DESCRIPTION_TOO_SHORT',
          'description',
          'error',
          `The description has ${listing.description.trim().length} characters; ${MIN_DESCRIPTION_LENGTH} are needed.`,
          'Say what the app does and for whom.',
        ),
      ]),
  ...(listing.overview?.trim()
    ? []
    : [check('OVERVIEW_MISSING', 'overview', 'error', 'The overview is empty.', 'Write what the app is good for.')]),
  ...(manifest.surfaces.length > 0 || manifest.functions.length > 0
    ? []
    : [
        check(
          'NOTHING_TO_RUN',
          'manifest',
          'error',
          'The app has neither a surface nor a server function.',
          'Add a widget, an action or a server function, and deploy again.',
        ),
      ]),
  ...(listing.avatarUrl
    ? []
    : [check('AVATAR_MISSING', 'avatarUrl', 'warning', 'The app has no image.', 'Add a square image of 256 pixels.')]),
  ...(listing.screenshots.length > 0
    ? []
    : [
        check('SCREENSHOTS_MISSING', 'screenshots', 'warning', 'There are no screenshots.', 'Add one to five of them.'),
      ]),
  ...(listing.supportUrl
    ? []
    : [check('SUPPORT_MISSING', 'supportUrl', 'warning', 'There is no support page.', 'Add where users get help.')]),
]

/** Whether one of them stands in the way. */
export const hasErrors = (checks: readonly PublishCheck[]): boolean =>
  checks.some(({ severity }) => severity === 'error')

const check = (
  code: string,
  field: string,
  severity: PublishCheck['severity'],
  message: string,
  fix: string,
): PublishCheck => ({ code, field, severity, message, fix })
