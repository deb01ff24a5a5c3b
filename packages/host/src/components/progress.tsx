import { Label, ProgressBar } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { Localized } from './localized'

export const Progress = ({ label, value, methodsRef }: PropsOf<'Progress'>) => (
  <Localized>
    <ProgressBar
      ref={methodsRef}
      className="souk-progress"
      isIndeterminate={value === undefined}
      {...(value === undefined ? {} : { value })}
    >
      {({ percentage, valueText }) => (
        <>
          <div className="souk-progress-text">
            <Label className="souk-label">{label}</Label>
            <span className="souk-progress-value">{valueText}</span>
          </div>
          <div className="souk-progress-track">
            <div
              className="souk-progress-fill"
              {...(percentage === undefined ? {} : { style: { inlineSize: `${percentage}%` } })}
            />
          </div>
        </>
      )}
    </ProgressBar>
  </Localized>
)
