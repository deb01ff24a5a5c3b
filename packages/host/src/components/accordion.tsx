import { useId } from 'react'
import { Button, Disclosure, DisclosureGroup, DisclosurePanel, Heading } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { ChevronDownIcon } from './icons'

export const Accordion = ({ multiple = false, children, methodsRef }: PropsOf<'Accordion'>) => (
  <DisclosureGroup ref={methodsRef} className="souk-accordion" allowsMultipleExpanded={multiple}>
    {children}
  </DisclosureGroup>
)

export const AccordionItem = ({
  title,
  expanded,
  disabled = false,
  onExpandedChange,
  children,
  methodsRef,
}: PropsOf<'AccordionItem'>) => (
  <Disclosure
    ref={methodsRef}
    id={useId()}
    className="souk-accordion-item"
    isDisabled={disabled}
    {...(expanded === undefined ? {} : { isExpanded: expanded })}
    onExpandedChange={(next) => onExpandedChange?.(next)}
  >
    <Heading level={3} className="souk-accordion-heading">
      <Button slot="trigger" className="souk-accordion-trigger">
        <span>{title}</span>
        <ChevronDownIcon />
      </Button>
    </Heading>
    <DisclosurePanel className="souk-accordion-panel">
      <div className="souk-accordion-content">{children}</div>
    </DisclosurePanel>
  </Disclosure>
)
