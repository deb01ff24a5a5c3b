import { Sparkles } from 'lucide-react'
import { useState } from 'react'
import { AppMenu } from '../components/app-menu'
import { PageHeader } from '../components/page-header'

/** A call as the desk's telephone would have recorded it. */
const CALL = {
  id: 'call-2041',
  title: 'Lena Fischer, 6 minutes',
  insight: { id: 'insight-1', text: 'Lena will order twelve more mugs if the broken one is replaced before Friday.' },
  summary: 'A mug arrived broken. We promised a replacement by express and a credit of 10 EUR.',
  transcript: [
    { speaker: 'Lena', text: 'One of the mugs arrived in three pieces, I am afraid.' },
    { speaker: 'Max', text: 'I am sorry. A new one leaves today, by express.' },
    { speaker: 'Lena', text: 'Lovely. Please send me the tracking number.' },
  ],
}

interface PassageProps {
  readonly part: 'callRecording.insight' | 'callRecording.summary' | 'callRecording.transcript'
  readonly text: string
  readonly more?: { readonly insightId?: string; readonly speaker?: string }
}

/** A passage of the call. The actions of apps are for what is selected in it, or for all of it. */
const Passage = ({ part, text, more = {} }: PassageProps) => {
  const [selection, setSelection] = useState('')
  const select = () => {
    const chosen = String(getSelection() ?? '').trim()
    setSelection(chosen && text.includes(chosen) ? chosen : '')
  }
  return (
    <div className="fh-passage">
      <p onMouseUp={select} onKeyUp={select}>
        {more.speaker ? <strong>{more.speaker}: </strong> : null}
        {text}
      </p>
      <AppMenu
        name={part}
        context={{ callRecordingId: CALL.id, text: selection || text, ...more }}
        label={`Use “${(selection || text).slice(0, 40)}”`}
        icon={<Sparkles size={16} />}
      />
    </div>
  )
}

export const Calls = () => (
  <div className="fh-page">
    <PageHeader title="Calls" description={CALL.title} />
    <section className="fh-panel fh-call" aria-label="Insights">
      <h2>Insights</h2>
      <Passage part="callRecording.insight" text={CALL.insight.text} more={{ insightId: CALL.insight.id }} />
    </section>
    <section className="fh-panel fh-call" aria-label="Summary">
      <h2>Summary</h2>
      <Passage part="callRecording.summary" text={CALL.summary} />
    </section>
    <section className="fh-panel fh-call" aria-label="Transcript">
      <h2>Transcript</h2>
      {CALL.transcript.map(({ speaker, text }) => (
        <Passage key={text} part="callRecording.transcript" text={text} more={{ speaker }} />
      ))}
    </section>
  </div>
)
