import * as protocol from '@souk/extension-sdk/protocol'
import type { Route } from './route'

const { DEPLOYMENT_STEP_OPERATIONS: steps, REVIEW_STEP_OPERATIONS: reviewSteps } = protocol

/** Every operation by the name it has in the OpenAPI document and in `souk.api`. */
export const OPERATIONS = {
  getMe: protocol.getMe,
  searchCatalog: protocol.searchCatalog,
  getCatalogApp: protocol.getCatalogApp,
  listCatalogVersions: protocol.listCatalogVersions,
  listExtensions: protocol.listExtensions,
  listInstallations: protocol.listInstallations,
  install: protocol.install,
  getInstallation: protocol.getInstallation,
  upgradeInstallation: protocol.upgradeInstallation,
  rollbackInstallation: protocol.rollbackInstallation,
  moveToChannel: protocol.moveToChannel,
  uninstall: protocol.uninstall,
  listInstallationEvents: protocol.listInstallationEvents,
  readSettings: protocol.readSettings,
  saveSettings: protocol.saveSettings,
  callFunction: protocol.callFunction,
  callFunctionWithFiles: protocol.callFunctionWithFiles,
  listTools: protocol.listTools,
  callTool: protocol.callTool,
  listFunctionCalls: protocol.listFunctionCalls,
  listConnections: protocol.listConnections,
  connect: protocol.connect,
  testConnection: protocol.testConnection,
  disconnect: protocol.disconnect,
  listAuditEntries: protocol.listAuditEntries,
  createDeveloperAccount: protocol.createDeveloperAccount,
  listDeveloperAccounts: protocol.listDeveloperAccounts,
  listAccountAudit: protocol.listAccountAudit,
  listMembers: protocol.listMembers,
  changeMemberRole: protocol.changeMemberRole,
  removeMember: protocol.removeMember,
  leaveAccount: protocol.leaveAccount,
  inviteMember: protocol.inviteMember,
  listInvitations: protocol.listInvitations,
  revokeInvitation: protocol.revokeInvitation,
  readInvitation: protocol.readInvitation,
  acceptInvitation: protocol.acceptInvitation,
  declineInvitation: protocol.declineInvitation,
  listOwnKeys: protocol.listOwnKeys,
  revokeOwnKey: protocol.revokeOwnKey,
  readDeviceLogin: protocol.readDeviceLogin,
  approveDeviceLogin: protocol.approveDeviceLogin,
  denyDeviceLogin: protocol.denyDeviceLogin,
  startDeviceLogin: protocol.startDeviceLogin,
  getDeviceToken: protocol.getDeviceToken,
  revokeToken: protocol.revokeToken,
  createApiKey: protocol.createApiKey,
  listApiKeys: protocol.listApiKeys,
  revokeApiKey: protocol.revokeApiKey,
  listApps: protocol.listApps,
  createApp: protocol.createApp,
  getApp: protocol.getApp,
  updateApp: protocol.updateApp,
  followFunctionCalls: protocol.followFunctionCalls,
  listOAuthClients: protocol.listOAuthClients,
  saveOAuthClient: protocol.saveOAuthClient,
  removeOAuthClient: protocol.removeOAuthClient,
  findBundle: protocol.findBundle,
  uploadBundle: protocol.uploadBundle,
  listDeployments: protocol.listDeployments,
  getDeployment: protocol.getDeployment,
  createDeployment: protocol.createDeployment,
  submitDeployment: steps.submit,
  withdrawDeployment: steps.withdraw,
  publishDeployment: protocol.publishDeployment,
  getRollout: protocol.getRollout,
  raiseRollout: protocol.raiseRollout,
  haltRollout: protocol.haltRollout,
  deprecateDeployment: steps.deprecate,
  restoreDeployment: steps.restore,
  listPublishChecks: protocol.listPublishChecks,
  listPlatformAudit: protocol.listPlatformAudit,
  listReviews: protocol.listReviews,
  getReview: protocol.getReview,
  startReview: reviewSteps.start,
  approveDeployment: reviewSteps.approve,
  rejectDeployment: protocol.rejectDeployment,
  updateAppTrust: protocol.updateAppTrust,
} as const

export type OperationName = keyof typeof OPERATIONS

/**
 * The routes by their names.
 *
 * @throws {Error} when an operation has no route, or a route no name: each is a mistake of ours that no request should have to find.
 */
export const nameRoutes = (routes: readonly Route[]): ReadonlyMap<OperationName, Route> => {
  // The keys of OPERATIONS are its names.
  const names = Object.keys(OPERATIONS) as OperationName[]
  const named = new Map(
    names.map((name) => {
      const route = routes.find(({ operation }) => operation === OPERATIONS[name])
      if (!route) throw new Error(`The operation ${name} has no route.`)
      return [name, route] as const
    }),
  )
  const nameless = routes.find((route) => ![...named.values()].includes(route))
  if (nameless) throw new Error(`The route ${nameless.operation.method} ${nameless.operation.path} has no name.`)
  return named
}
