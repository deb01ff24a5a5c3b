import type { StandardContract } from '@souk/extension-sdk/protocol'
import type { RegistryComponents } from '../registry/create-registry'
import { Accordion, AccordionItem } from './accordion'
import { Alert } from './alert'
import { ArrayInput, ArrayItem } from './array-input'
import { Avatar } from './avatar'
import { AvatarGroup } from './avatar-group'
import { Badge } from './badge'
import { Banner } from './banner'
import { BarChart } from './bar-chart'
import { BooleanInput, NumberField, StringInput, VarInput } from './bound-fields'
import { Box } from './box'
import { Button } from './button'
import { ButtonGroup } from './button-group'
import { Card } from './card'
import { CardContent, CardDescription, CardFooter, CardHeader, CardTitle } from './card-parts'
import { Checkbox } from './checkbox'
import { CheckboxGroup } from './checkbox-group'
import { Code } from './code'
import { Combobox } from './combobox'
import { ConditionalRender } from './conditional-render'
import { DateInput } from './date-input'
import { DescriptionList } from './description-list'
import { Dialog } from './dialog'
import { EmptyState } from './empty-state'
import { FieldDivider, FieldRow, InputGroup, VarField, VarFieldGroup } from './field-layout'
import { FileInput } from './file-input'
import { Form } from './form'
import { FormField } from './form-field'
import { FormSubmit } from './form-submit'
import { Grid } from './grid'
import { Heading } from './heading'
import { Icon } from './icon'
import { IconButton } from './icon-button'
import { Image } from './image'
import { Inline } from './inline'
import { Input } from './input'
import { Label } from './label'
import { LineChart } from './line-chart'
import { Link } from './link'
import { List } from './list'
import { ListItem } from './list-item'
import { Markdown } from './markdown'
import { Menu, MenuItem } from './menu'
import { MultiSelect } from './multi-select'
import { NumberInput } from './number-input'
import { Option } from './option'
import { OptionsInput } from './options-input'
import { Pagination } from './pagination'
import { Popover } from './popover'
import { Progress } from './progress'
import { Radio, RadioGroup } from './radio-group'
import { ScrollArea } from './scroll-area'
import { SearchInput } from './search-input'
import { Section } from './section'
import { Select } from './select'
import { Separator } from './separator'
import { Skeleton } from './skeleton'
import { Slider } from './slider'
import { Spinner } from './spinner'
import { Stack } from './stack'
import { Stat } from './stat'
import { Steps } from './steps'
import { Switch } from './switch'
import { Table, TableBody, TableCell, TableColumn, TableHead, TableRow } from './table'
import { Tab, Tabs } from './tabs'
import { Tag } from './tag'
import { Text } from './text'
import { TextBlock } from './text-block'
import { Textarea } from './textarea'
import { TimeInput } from './time-input'
import { Timeline, TimelineItem } from './timeline'
import { Tooltip } from './tooltip'
import { Typography } from './typography'
import { WorkflowNode, WorkflowNodeHandle, WorkflowNodeRow, WorkflowNodeText } from './workflow-node'
import { WorkflowPanel } from './workflow-panel'

/** Souk's own look of every component of the standard contract. A product spreads it and replaces what it likes. */
export const standardComponents = {
  Stack,
  Inline,
  Grid,
  Box,
  ScrollArea,
  Section,
  Card,
  CardHeader,
  CardTitle,
  CardDescription,
  CardContent,
  CardFooter,
  Separator,
  Tabs,
  Tab,
  Accordion,
  AccordionItem,
  Text,
  TextBlock,
  Heading,
  Typography,
  Code,
  Link,
  Badge,
  Tag,
  Icon,
  Image,
  Avatar,
  AvatarGroup,
  Markdown,
  Button,
  IconButton,
  ButtonGroup,
  Menu,
  MenuItem,
  Form,
  FormField,
  FormSubmit,
  Label,
  Input,
  Textarea,
  SearchInput,
  NumberInput,
  Select,
  Option,
  Combobox,
  MultiSelect,
  Checkbox,
  CheckboxGroup,
  RadioGroup,
  Radio,
  Switch,
  Slider,
  DateInput,
  TimeInput,
  FileInput,
  Alert,
  Banner,
  Spinner,
  Skeleton,
  Progress,
  EmptyState,
  Tooltip,
  Popover,
  Dialog,
  List,
  ListItem,
  DescriptionList,
  Stat,
  Table,
  TableHead,
  TableColumn,
  TableBody,
  TableRow,
  TableCell,
  Pagination,
  Timeline,
  TimelineItem,
  Steps,
  LineChart,
  BarChart,
  WorkflowNode,
  WorkflowNodeRow,
  WorkflowNodeText,
  WorkflowNodeHandle,
  WorkflowPanel,
  VarField,
  VarFieldGroup,
  VarInput,
  StringInput,
  NumberField,
  BooleanInput,
  OptionsInput,
  ArrayInput,
  ArrayItem,
  FieldRow,
  FieldDivider,
  InputGroup,
  ConditionalRender,
} as const satisfies RegistryComponents<StandardContract>
