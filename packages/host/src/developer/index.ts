export { DeveloperPortal, type DeveloperPortalProps } from './developer-portal'
export { ReviewDesk, type ReviewDeskProps } from './review-desk'
export type { DeveloperAccountTab, DeveloperAppTab, DeveloperRoute, ReviewRoute } from './route'
