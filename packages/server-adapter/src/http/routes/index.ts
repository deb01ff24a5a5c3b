import type { Services } from '../../services/create-services'
import type { Route } from '../route'
import { developerRoutes } from './developer'
import { oauthRoutes } from './oauth'
import { peopleRoutes } from './people'
import { productRoutes } from './product'
import { reviewRoutes } from './review'

/** All routes over the services. */
export const createRoutes = (services: Services): readonly Route[] => [
  ...productRoutes(services),
  ...developerRoutes(services),
  ...peopleRoutes(services),
  ...oauthRoutes(services),
  ...reviewRoutes(services),
]
