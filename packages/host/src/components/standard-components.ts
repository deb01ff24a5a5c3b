import type { StandardContract } from '@souk/extension-sdk/protocol'
import type { RegistryComponents } from '../registry/create-registry'
import { Alert } from './alert'
import { Avatar } from './avatar'
import { Badge } from './badge'
import { Button } from './button'
import { ButtonGroup } from './button-group'
import { Card } from './card'
import { Checkbox } from './checkbox'
import { Code } from './code'
import { DescriptionList } from './description-list'
import { EmptyState } from './empty-state'
import { Form } from './form'
import { Heading } from './heading'
import { Image } from './image'
import { Inline } from './inline'
import { Input } from './input'
import { Link } from './link'
import { List } from './list'
import { ListItem } from './list-item'
import { Progress } from './progress'
import { RadioGroup } from './radio-group'
import { Section } from './section'
import { Select } from './select'
import { Separator } from './separator'
import { Skeleton } from './skeleton'
import { Spinner } from './spinner'
import { Stack } from './stack'
import { Stat } from './stat'
import { Switch } from './switch'
import { Table, TableBody, TableCell, TableHead, TableRow } from './table'
import { Text } from './text'
import { Textarea } from './textarea'
import { Timeline, TimelineItem } from './timeline'

/** Souk's own look of every component of the standard contract. A product spreads it and replaces what it likes. */
export const standardComponents = {
  Stack,
  Inline,
  Section,
  Card,
  Separator,
  Text,
  Heading,
  Code,
  Link,
  Badge,
  Image,
  Avatar,
  Button,
  ButtonGroup,
  Form,
  Input,
  Textarea,
  Select,
  Checkbox,
  Switch,
  RadioGroup,
  Alert,
  Spinner,
  Skeleton,
  Progress,
  EmptyState,
  List,
  ListItem,
  DescriptionList,
  Stat,
  Table,
  TableHead,
  TableBody,
  TableRow,
  TableCell,
  Timeline,
  TimelineItem,
} as const satisfies RegistryComponents<StandardContract>
