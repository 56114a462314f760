import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { shade } from '../data/theme.ts';
import { useWidth } from '../data/use-width.ts';
import type { HandshakeRun } from '../model/handshakes.ts';
import { clockText } from '../model/wording.ts';
import { coloursOf } from './canvas-colours.ts';

const height = 220;
/** uPlot's own names of sides are types alone. */
const onTheRight = { side: 1 } as object as Pick<uPlot.Axis, 'side'>;

/** Handshakes of each proof as bars, those that failed beside them, and how many a second as a line. */
export function HandshakePlot({ runs }: { readonly runs: readonly HandshakeRun[] }) {
  const [frame, width] = useWidth();
  const place = useRef<HTMLDivElement>(null);
  const key = runs.map(({ proof }) => proof.id).join(' ');
  useEffect(() => {
    if (place.current === null || width === 0) return undefined;
    const plot = new uPlot(optionsFor(place.current, width, runs), dataOf(runs), place.current);
    return () => plot.destroy();
  }, [key, width, shade.value]);
  const failed = runs.reduce((sum, { otherwise }) => sum + otherwise, 0);
  const label = `Handshakes of ${runs.length} proofs, ${failed} of them not as they shall be; the table of proofs has the figures`;
  return (
    <div ref={frame} class="plot" role="img" aria-label={label}>
      <div ref={place} aria-hidden="true" />
      <p class="plot-key" aria-hidden="true">
        <span class="key-good">as they shall</span>
        <span class="key-bad">failed, or not made</span>
        <span class="key-rate">per second</span>
      </p>
    </div>
  );
}

const fromZero = (_plot: uPlot, _min: number, max: number): uPlot.Range.MinMax => [0, Math.max(1, max * 1.15)];

function dataOf(runs: readonly HandshakeRun[]): uPlot.AlignedData {
  return [
    runs.map((_, index) => index),
    runs.map(({ asTheyShall }) => asTheyShall),
    runs.map(({ otherwise, unavailable }) => otherwise + unavailable),
    runs.map(({ perSecond }) => perSecond ?? null),
  ];
}

/** Proofs are even steps: hours without any would leave the bars no room. */
function optionsFor(element: HTMLElement, width: number, runs: readonly HandshakeRun[]): uPlot.Options {
  const colours = coloursOf(element);
  const bars = (align: -1 | 1): uPlot.Series.PathBuilder => uPlot.paths.bars?.({ size: [0.36, 28], align }) ?? (() => null);
  const axis = { stroke: colours.faint, grid: { stroke: colours.line, width: 1 }, ticks: { stroke: colours.line, width: 1 } };
  const timeOf = (index: number): string => (runs[index] === undefined ? '' : clockText(runs[index].atMs));
  return {
    width,
    height,
    scales: {
      x: { time: false, range: [-0.6, runs.length - 0.4] },
      y: { range: fromZero },
      rate: { range: fromZero },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        incrs: [1, 2, 5, 10],
        values: (_plot, splits) => splits.map((at) => (Number.isInteger(at) ? timeOf(at) : '')),
      },
      { ...axis, label: 'handshakes', labelSize: 22, size: 46 },
      { ...axis, scale: 'rate', ...onTheRight, label: 'per second', labelSize: 22, size: 46, grid: { show: false } },
    ],
    series: [
      {},
      { stroke: colours.good, fill: colours.good, paths: bars(-1), points: { show: false } },
      { stroke: colours.bad, fill: colours.bad, paths: bars(1), points: { show: false } },
      { scale: 'rate', stroke: colours.accent, width: 2, points: { show: true, size: 7 } },
    ],
    cursor: { show: false },
    legend: { show: false },
  };
}
