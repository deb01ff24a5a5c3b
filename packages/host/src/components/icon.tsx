import {
  Archive,
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  Bell,
  Calendar,
  ChartColumn,
  Check,
  CircleAlert,
  CircleQuestionMark,
  Clock,
  Cloud,
  Code,
  Copy,
  CreditCard,
  Database,
  Download,
  Ellipsis,
  ExternalLink,
  Eye,
  File,
  Folder,
  Funnel,
  Globe,
  Heart,
  House,
  type IconNode,
  Image as ImageIcon,
  Info,
  Link,
  List,
  Lock,
  Mail,
  Map as MapIcon,
  Menu,
  MessageSquare,
  Minus,
  Package,
  Pencil,
  Phone,
  Play,
  Plug,
  Plus,
  RefreshCw,
  Save,
  Search,
  Send,
  Settings,
  Shield,
  Square,
  Star,
  Tag,
  Trash2,
  TriangleAlert,
  Truck,
  Upload,
  User,
  Users,
  X,
  Zap,
} from 'lucide'
import { createElement } from 'react'
import type { PropsOf } from './component-props'

type IconName = PropsOf<'Icon'>['name']

const ICONS: Readonly<Record<IconName, IconNode>> = {
  alert: CircleAlert,
  archive: Archive,
  'arrow-down': ArrowDown,
  'arrow-left': ArrowLeft,
  'arrow-right': ArrowRight,
  'arrow-up': ArrowUp,
  bell: Bell,
  calendar: Calendar,
  chart: ChartColumn,
  check: Check,
  clock: Clock,
  cloud: Cloud,
  code: Code,
  copy: Copy,
  'credit-card': CreditCard,
  database: Database,
  download: Download,
  edit: Pencil,
  external: ExternalLink,
  eye: Eye,
  file: File,
  filter: Funnel,
  folder: Folder,
  globe: Globe,
  heart: Heart,
  help: CircleQuestionMark,
  home: House,
  image: ImageIcon,
  info: Info,
  link: Link,
  list: List,
  lock: Lock,
  mail: Mail,
  map: MapIcon,
  menu: Menu,
  message: MessageSquare,
  minus: Minus,
  more: Ellipsis,
  package: Package,
  phone: Phone,
  play: Play,
  plug: Plug,
  plus: Plus,
  refresh: RefreshCw,
  save: Save,
  search: Search,
  send: Send,
  settings: Settings,
  shield: Shield,
  star: Star,
  stop: Square,
  tag: Tag,
  trash: Trash2,
  truck: Truck,
  upload: Upload,
  user: User,
  users: Users,
  warning: TriangleAlert,
  x: X,
  zap: Zap,
}

// These point somewhere, and the other way where text runs the other way.
const DIRECTED: ReadonlySet<IconName> = new Set(['arrow-left', 'arrow-right', 'external', 'list', 'menu', 'send'])

/** A picture without a name of its own, for what has one. */
export const Glyph = ({ name }: { readonly name: IconName }) => {
  return (
    <svg
      className="souk-icon"
      viewBox="0 0 24 24"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.1"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      data-directed={DIRECTED.has(name) || undefined}
    >
      {ICONS[name].map(([tag, attributes], index) =>
        // A shape is its place in the picture.
        createElement(tag, { key: index, ...attributes }),
      )}
    </svg>
  )
}

export const Icon = ({ name, size = 'medium', tone = 'default', label, methodsRef }: PropsOf<'Icon'>) => (
  <span
    ref={methodsRef}
    className="souk-glyph"
    data-size={size}
    data-tone={tone}
    {...(label ? { role: 'img', 'aria-label': label } : {})}
  >
    <Glyph name={name} />
  </span>
)
