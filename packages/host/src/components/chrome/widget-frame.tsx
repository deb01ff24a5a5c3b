import type { WidgetFrameProps } from '../../registry/chrome'
import { Avatar } from '../avatar'
import { Localized } from '../localized'
import { useThemeAttribute } from '../use-theme-attribute'

export const WidgetFrame = ({ title, appTitle, avatarUrl, children }: WidgetFrameProps) => (
  <section className="souk-widget" aria-label={`${title}, ${appTitle}`} {...useThemeAttribute()}>
    <header className="souk-widget-header">
      <Avatar name={appTitle} size="small" src={avatarUrl ?? undefined} />
      <h3 className="souk-widget-title">{title}</h3>
      {title === appTitle ? null : <span className="souk-widget-app">{appTitle}</span>}
    </header>
    <div className="souk-widget-content">
      <Localized>{children}</Localized>
    </div>
  </section>
)
