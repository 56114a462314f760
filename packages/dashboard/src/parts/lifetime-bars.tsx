import { axisTicks, type Lifetime, type LifetimeChart, placeOnAxis } from '../model/lifetimes.ts';
import { dayText, lifetimeText } from '../model/wording.ts';

interface Properties {
  readonly chart: LifetimeChart;
  readonly nowMs: number;
  /** When the rotation began, where that is to be seen. */
  readonly rotationMs: number | undefined;
  readonly hrefOf: (bar: Lifetime) => string | undefined;
}

/** Lifetimes as bars on one axis, against now. */
export function LifetimeBars({ chart, nowMs, rotationMs, hrefOf }: Properties) {
  const percent = (atMs: number): string => `${(placeOnAxis(atMs, chart) * 100).toFixed(2)}%`;
  return (
    <div class="lifetimes">
      <ul>
        {chart.bars.map((bar) => (
          <li key={bar.key}>
            <Label bar={bar} href={hrefOf(bar)} />
            <div class="lifetime-lane" aria-hidden="true">
              <span
                class={`lifetime lifetime-${bar.urgency}${bar.fromMs === undefined ? ' lifetime-open' : ''}`}
                style={{
                  left: percent(bar.fromMs ?? Math.min(nowMs, bar.untilMs)),
                  right: `calc(100% - ${percent(bar.untilMs)})`,
                }}
              />
              <span class="now-line" style={{ left: percent(nowMs) }} />
              {rotationMs !== undefined && <span class="rotation-line" style={{ left: percent(rotationMs) }} />}
            </div>
            <span class={`num lifetime-end lifetime-text-${bar.urgency}`}>{endText(bar, nowMs)}</span>
          </li>
        ))}
      </ul>
      <div class="lifetime-axis" aria-hidden="true">
        {axisTicks(chart).map((tick) => (
          <span key={tick} style={{ left: percent(tick) }}>
            {dayText(tick).slice(0, 7)}
          </span>
        ))}
        <span class={`axis-now ${sideOf(placeOnAxis(nowMs, chart))}`} style={{ left: percent(nowMs) }}>
          now
        </span>
      </div>
      {rotationMs !== undefined && <p class="faint lifetime-key">The dotted line is the start of the rotation.</p>}
    </div>
  );
}

/** At an end of the axis its name would hang over. */
function sideOf(place: number): string {
  return place < 0.05 ? 'axis-first' : place > 0.95 ? 'axis-last' : '';
}

function Label({ bar: { label, title, detail, key }, href }: { readonly bar: Lifetime; readonly href: string | undefined }) {
  return (
    <span class="lifetime-label" title={title}>
      {href === undefined ? <span class="lifetime-name">{label}</span> : <a href={href}>{label}</a>}
      {detail !== '' && (
        <span class="faint">
          {detail} · <code>{key.slice(0, 12)}</code>
        </span>
      )}
    </span>
  );
}

function endText({ untilMs, urgency }: Lifetime, nowMs: number): string {
  const day = dayText(untilMs);
  return urgency === 'ended' ? `ended ${day}` : `${day} · in ${lifetimeText(untilMs - nowMs)}`;
}
