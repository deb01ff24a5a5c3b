import { type ChangeEvent, useId, useState } from 'react'
import { useLocale } from 'react-aria-components'
import { formatBytes } from '../format-bytes'
import type { PropsOf } from './component-props'
import { type ChosenFiles, largestFile, useFileHandles } from './file-handles'
import { Glyph } from './icon'
import type { Messages } from './messages'
import { useMessages } from './use-messages'

const NOTHING: ChosenFiles = { files: [], handles: [], refused: [] }

export const FileInput = ({
  label,
  description,
  error,
  name,
  required = false,
  disabled = false,
  accept,
  multiple = false,
  maxSizeBytes,
  onChange,
  methodsRef,
}: PropsOf<'FileInput'>) => {
  const id = useId()
  const messages = useMessages()
  const { locale } = useLocale()
  const rules = { accept, multiple, maxSizeBytes }
  const grant = useFileHandles(rules)
  const [chosen, setChosen] = useState(NOTHING)
  const limit = formatBytes(locale, largestFile(rules))

  const choose = (files: readonly File[]) => {
    const next = grant(files)
    setChosen(next)
    onChange?.(next.handles)
  }
  const add = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const files = [...(target.files ?? [])]
    // The list below is what is chosen. Without this, the same file could not be chosen again after it was removed.
    target.value = ''
    if (files.length > 0) choose(multiple ? [...chosen.files, ...files] : files)
  }

  const refusal = chosen.refused
    .map(({ file, reason }) => `${file.name}: ${reasonOf(reason, messages, limit)}`)
    .join(' ')
  const problem = refusal || error
  return (
    <div className="souk-field">
      <label className="souk-label" htmlFor={id}>
        {label}
        {required ? (
          <span className="souk-required" aria-hidden="true">
            *
          </span>
        ) : null}
      </label>
      <input
        ref={methodsRef}
        id={id}
        type="file"
        className="souk-file-input"
        {...(name === undefined ? {} : { name })}
        {...(accept && accept.length > 0 ? { accept: accept.join(',') } : {})}
        multiple={multiple}
        disabled={disabled}
        required={required && chosen.files.length === 0}
        aria-invalid={Boolean(problem)}
        aria-describedby={`${id}-files ${id}-help`}
        onChange={add}
      />
      <ul id={`${id}-files`} className="souk-files">
        {chosen.files.map((file, index) => (
          <li key={chosen.handles[index]?.id ?? file.name} className="souk-file">
            <Glyph name="file" />
            <span className="souk-file-name">{chosen.handles[index]?.name}</span>
            <span className="souk-file-size">{formatBytes(locale, file.size)}</span>
            <button
              type="button"
              className="souk-stepper"
              disabled={disabled}
              aria-label={`${messages.remove} ${chosen.handles[index]?.name}`}
              onClick={() => choose(chosen.files.filter((one) => one !== file))}
            >
              <Glyph name="x" />
            </button>
          </li>
        ))}
      </ul>
      <div id={`${id}-help`} aria-live="polite">
        {description ? <div className="souk-field-description">{description}</div> : null}
        {problem ? <div className="souk-field-error">{problem}</div> : null}
      </div>
    </div>
  )
}

const reasonOf = (reason: ChosenFiles['refused'][number]['reason'], messages: Messages, limit: string): string =>
  reason === 'size' ? `${messages.fileRefused.size} ${limit}.` : messages.fileRefused[reason]
