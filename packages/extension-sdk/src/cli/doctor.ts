import { Command } from 'commander'
import pc from 'picocolors'
import type { DeploymentCheck } from '../protocol'
import { SdkError } from '../sdk-error'
import type { Output } from './create-output'
import { examineDeployment } from './doctor/examine-deployment'

const SIGNS = { ok: pc.green('✓'), problem: pc.red('✖'), warning: pc.yellow('!'), unknown: pc.dim('?') }

const readAddress = (name: string, value: string | undefined, help: string): string => {
  if (value && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return value
  throw new SdkError('CLI_USAGE', `${value ? `${value} is not the address for` : 'There is no'} --${name}. ${help}`)
}

const say = ({ title, status, found, why, fix }: DeploymentCheck): readonly string[] => [
  `${SIGNS[status]} ${title}`,
  ...(status === 'ok'
    ? []
    : [`    found: ${found ?? 'nothing'}`, `    why it matters: ${why ?? ''}`, `    what to do: ${fix ?? ''}`]),
]

export const doctorCommand = (output: Output): Command =>
  new Command('doctor')
    .description('Check from outside whether a deployment of a product keeps its extensions caged.')
    .option('--page <url>', 'a page of the product; default: SOUK_PAGE')
    .option('--frame <url>', "the address of an extension's frame; default: SOUK_FRAME")
    .option('--json', 'print one JSON value')
    .action(async (options: { page?: string; frame?: string }) => {
      const page = readAddress(
        'page',
        options.page ?? process.env.SOUK_PAGE,
        'Pass a page of the product, such as https://app.example.com/.',
      )
      const frame = readAddress(
        'frame',
        options.frame ?? process.env.SOUK_FRAME,
        'While the product shows an extension, its console tells: document.querySelector("iframe[sandbox]").src.',
      )
      output.step(`Looking at ${new URL(page).origin} and ${new URL(frame).origin}.`)
      const checks = await examineDeployment({ page, frame })
      const count = (status: DeploymentCheck['status']) => checks.filter((check) => check.status === status).length
      const isOk = count('problem') === 0
      output.data({ ok: isOk, page, frame: frame.split('#', 1)[0], checks })
      for (const line of checks.flatMap(say)) output.text(line)
      output.text(
        `\n${count('ok')} right, ${count('problem')} wrong, ${count('warning')} warnings, ${count('unknown')} unknown`,
      )
      if (!isOk) output.foundProblems()
    })
