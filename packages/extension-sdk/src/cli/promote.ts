import { Command } from 'commander'
import pc from 'picocolors'
import type { Deployment, DeploymentStatus } from '../protocol'
import { DEPLOYMENT_STEP_OPERATIONS, publishDeployment } from '../protocol/api-operations'
import { SdkError } from '../sdk-error'
import { createApi } from './create-api'
import type { Output } from './create-output'
import { findDeployment } from './find-deployment'

type Step = keyof typeof DEPLOYMENT_STEP_OPERATIONS | 'publish'

/** The step that brings a version closer to being published, by where it stands. */
const NEXT: Readonly<Partial<Record<DeploymentStatus, Step>>> = {
  active: 'submit',
  withdrawn: 'submit',
  approved: 'publish',
  deprecated: 'restore',
}

const MEANING: Readonly<Partial<Record<DeploymentStatus, string>>> = {
  'pending-review': 'A reviewer has to look at it; run souk promote again after that.',
  'in-review': 'A reviewer looks at it now; run souk promote again after that.',
  published: 'Every organization can install it now.',
}

export const promoteCommand = (output: Output): Command =>
  new Command('promote')
    .description('Bring a version as far as it goes without a reviewer: submit it, and publish it once it is approved.')
    .argument('[version]', 'the version; default: the one built last in this folder')
    .option('--app <slug>', 'the app; default: the one built last in this folder')
    .option('--url <url>', 'base URL of the API; default: SOUK_URL')
    .option('--json', 'print one JSON value')
    .action(async (version: string | undefined, options: { app?: string; url?: string }) => {
      const api = await createApi(options)
      let deployment: Deployment = await findDeployment(api, { app: options.app, version })
      const steps: Step[] = []
      for (let step = NEXT[deployment.status]; step; step = NEXT[deployment.status]) {
        // Whatever a server answers, this ends.
        if (steps.includes(step)) break
        output.step(`${deployment.version}: ${step}…`)
        steps.push(step)
        const input = { params: { id: deployment.id }, body: {} }
        const { body } =
          step === 'publish'
            ? await api.send(publishDeployment, input)
            : await api.send(DEPLOYMENT_STEP_OPERATIONS[step], input)
        deployment = body
      }
      const { status, rejectionReason } = deployment
      if (status === 'rejected')
        throw new SdkError(
          'CONFLICT',
          `Version ${deployment.version} was rejected: ${rejectionReason ?? 'no reason was given'}. Put it right, raise the version and deploy again.`,
        )
      output.data({ deployment, steps, unchanged: steps.length === 0 })
      output.text(`${pc.green('✔')} Version ${pc.bold(deployment.version)} is ${status}. ${MEANING[status] ?? ''}`)
    })
