import { Surface, type SurfaceAction, SurfaceActions } from '@souk/host'
import { useMemo, useState } from 'react'
import { Button } from '../components/button'
import { PageHeader } from '../components/page-header'
import { type AutomationStep, createStep, loadSteps, saveSteps } from '../souk/automation-steps'

const KINDS = ['workflow.triggers', 'workflow.blocks'] as const
const NO_INPUT = {}

/** One automation: the steps that apps offer, in the order they run, with the settings of the one that is open. */
export const Automations = () => {
  const [steps, setSteps] = useState(loadSteps)
  const [openId, setOpenId] = useState<string>()
  const change = (next: readonly AutomationStep[]) => {
    setSteps(next)
    saveSteps(next)
  }
  const open = steps.find(({ nodeId }) => nodeId === openId)

  return (
    <div className="fh-page">
      <PageHeader title="Automations" description="What happens by itself, step by step. Your apps bring the steps." />
      <div className="fh-automation">
        <section className="fh-panel fh-call" aria-label="Steps of your apps">
          {KINDS.map((kind) => (
            <SurfaceActions
              key={kind}
              name={kind}
              context={NO_INPUT}
              render={(actions) =>
                actions.map((action) => (
                  <Button
                    key={action.key}
                    onClick={() => {
                      const step = createStep(kind, action)
                      change([...steps, step])
                      setOpenId(step.nodeId)
                    }}
                  >
                    Add {action.label}
                  </Button>
                ))
              }
            />
          ))}
          {steps.length === 0 ? <p className="fh-muted">Install an app that brings steps, and add one.</p> : null}
        </section>
        <ol className="fh-panel fh-canvas" aria-label="Canvas">
          {steps.map((step) => (
            <li key={step.nodeId}>
              <Surface
                name="workflow.nodes"
                only={step}
                bare
                context={{ nodeId: step.nodeId, values: step.values, selected: step.nodeId === openId }}
              />
              <div className="fh-canvas-tools">
                <Button onClick={() => setOpenId(step.nodeId)}>Edit {step.label}</Button>
                <Button variant="quiet" onClick={() => change(steps.filter(({ nodeId }) => nodeId !== step.nodeId))}>
                  Remove {step.label}
                </Button>
              </div>
            </li>
          ))}
        </ol>
        {open ? (
          <StepSettings
            key={open.nodeId}
            step={open}
            onChange={(values) =>
              change(steps.map((step) => (step.nodeId === open.nodeId ? { ...step, values } : step)))
            }
          />
        ) : null}
      </div>
    </div>
  )
}

interface StepSettingsProps {
  readonly step: AutomationStep
  readonly onChange: (values: AutomationStep['values']) => void
}

const StepSettings = ({ step, onChange }: StepSettingsProps) => {
  // The panel owns the values while it is open, so it is told where they started and no more.
  const [values] = useState(step.values)
  const context = useMemo(() => ({ nodeId: step.nodeId, values }), [step.nodeId, values])
  const [result, setResult] = useState<string>()
  const run = async (action: SurfaceAction) => {
    const output = await action.runWith({ input: step.values })
    setResult(output === undefined ? 'It did not work.' : JSON.stringify(output))
  }
  return (
    <aside className="fh-panel fh-call" aria-label={`Settings of ${step.label}`}>
      <Surface name="workflow.panels" only={step} bare context={context} onValuesChange={onChange} />
      <SurfaceActions
        name={step.kind}
        context={NO_INPUT}
        render={(actions) =>
          actions
            .filter((action) => action.appInstallationId === step.appInstallationId && action.id === step.id)
            .map((action) => (
              <Button key={action.key} disabled={action.isRunning} onClick={() => void run(action)}>
                Run this step
              </Button>
            ))
        }
      />
      {result === undefined ? null : <output>{result}</output>}
    </aside>
  )
}
