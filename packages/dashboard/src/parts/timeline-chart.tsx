import { durationText } from '@reroot/shared/api-browser';
import { nowMs } from '../data/store.ts';
import { placeOf, type Span, type Timeline } from '../model/timeline.ts';
import { ageText, clockText, momentText, rowTexts, stateNames } from '../model/wording.ts';
import { Table } from './table.tsx';

/** What a rotation has done so far, one line for each state of each step. */
export function TimelineChart({ timeline }: { readonly timeline: Timeline }) {
  return (
    <Table
      label="Timeline"
      head={[
        'State',
        'Began',
        ['Took', 'right'],
        [[<span key="a">{clockText(timeline.startMs)}</span>, <span key="b">{clockText(timeline.endMs)}</span>], 'timeline-axis'],
      ]}
      className="timeline"
    >
      {timeline.spans.map((span) => (
        <SpanRow key={`${span.startMs} ${span.state}`} span={span} whole={timeline} />
      ))}
    </Table>
  );
}

function SpanRow({ span, whole }: { readonly span: Span; readonly whole: Timeline }) {
  const { state, step, startMs, endMs, kind, message } = span;
  const { from, size } = placeOf(span, whole);
  const took = endMs === undefined ? ageText(new Date(startMs).toISOString(), nowMs.value) : durationText(endMs - startMs);
  return (
    <tr title={message}>
      <th scope="row">
        {stateNames[state]} <span class="row-text">{rowTexts[step]}</span>
      </th>
      <td class="num nowrap" title={momentText(startMs)}>
        {clockText(startMs)}
      </td>
      <td class={`num right nowrap${endMs === undefined ? ' strong' : ''}`}>{took}</td>
      <td class="timeline-lane">
        <span
          class={`span span-${kind}${endMs === undefined ? ' span-open' : ''}`}
          style={{ left: `${from * 100}%`, width: `max(3px, ${size * 100}%)` }}
        />
      </td>
    </tr>
  );
}
