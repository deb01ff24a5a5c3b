import type { PropsOf } from './component-props'

export const DescriptionList = ({ items, columns = '1', methodsRef }: PropsOf<'DescriptionList'>) => (
  <dl ref={methodsRef} className="souk-description-list" data-columns={columns}>
    {items.map((item, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: two items may have the same label, and none holds state.
      <div key={index} className="souk-description-item">
        <dt>{item.label}</dt>
        <dd>{item.value}</dd>
      </div>
    ))}
  </dl>
)
