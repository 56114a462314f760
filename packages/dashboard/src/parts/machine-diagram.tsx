import type { MeshStatus } from '@reroot/shared/api';
import { useWidth } from '../data/use-width.ts';
import { type Machine, type MachineEdge, type MachineNode, machineOf, machineText } from '../model/machine.ts';
import { type Box, layOutMachine } from '../model/machine-layout.ts';

/** Below this the rows stand under one another. */
const narrowPx = 760;

/** The state machine: where the rotation is, what follows, and the way back. */
export function MachineDiagram({ status }: { readonly status: MeshStatus }) {
  const [frame, width] = useWidth();
  const machine = machineOf(status);
  const { boxes, paths, ...layout } = layOutMachine(machine, width > 0 && width < narrowPx ? 'down' : 'across');
  return (
    <div ref={frame} class={`machine machine-${layout.direction}`}>
      <svg viewBox={`0 0 ${layout.width} ${layout.height}`} role="img" aria-label={`The rotation. ${machineText(machine)}`}>
        <defs>
          {(['taken', 'taking', 'open', 'ahead'] as const).map((use) => (
            <marker
              key={use}
              id={`arrow-${use}`}
              class={`head-${use}`}
              viewBox="0 0 8 8"
              refX="6"
              refY="4"
              markerWidth="7"
              markerHeight="7"
              orient="auto"
            >
              <path d="M0 0.6 L7 4 L0 7.4 Z" />
            </marker>
          ))}
        </defs>
        {machine.edges.map((edge, index) => (
          <Edge key={index} edge={edge} path={paths[index] ?? ''} />
        ))}
        {machine.nodes.map((node, index) => {
          const box = boxes[index];
          return box === undefined ? null : <Node key={node.id} node={node} box={box} status={status} />;
        })}
        <BackLabel machine={machine} boxes={boxes} direction={layout.direction} />
      </svg>
    </div>
  );
}

function Edge({ edge: { kind, use }, path }: { readonly edge: MachineEdge; readonly path: string }) {
  const isIdleBack = kind === 'back' && use === 'ahead';
  return (
    <path
      class={`edge edge-${kind} use-${use}`}
      d={path}
      {...(isIdleBack ? {} : { 'marker-end': `url(#arrow-${kind === 'back' ? 'taking' : use})` })}
    />
  );
}

function Node({ node, box, status }: { readonly node: MachineNode; readonly box: Box; readonly status: MeshStatus }) {
  const { x, y, width, height } = box;
  const lines = wrap(node.title, 24);
  return (
    <g class={`node progress-${node.progress}`}>
      <rect x={x} y={y} width={width} height={height} rx={8} />
      {lines.map((line, index) => (
        <text key={line} class="node-title" x={x + 14} y={y + 25 + index * 17}>
          {line}
        </text>
      ))}
      <text class="node-row" x={x + 14} y={y + 25 + lines.length * 17 + 2}>
        {node.row}
      </text>
      <Phases node={node} box={box} />
      {(node.progress === 'now' || node.progress === 'failed') && (
        <text class="node-now" x={x + width - 12} y={y - 8} text-anchor="end">
          {status.state === 'FAILED' ? '✗ failed here' : '● now'}
        </text>
      )}
    </g>
  );
}

/** What happens within a row, one after the other. */
function Phases({ node: { phases }, box: { x, y, height } }: { readonly node: MachineNode; readonly box: Box }) {
  const offsets = [0, 68, 129];
  return (
    <>
      {phases.map(({ name, progress }, index) => (
        <g key={name} class={`phase progress-${progress}`}>
          <text x={x + 14 + (offsets[index] ?? 0)} y={y + height - 14}>
            {`${progress === 'done' ? '✓' : progress === 'now' ? '●' : progress === 'failed' ? '✗' : '○'} ${name}`}
          </text>
        </g>
      ))}
    </>
  );
}

/** Says which arrow is the way back, where there is one. */
function BackLabel({
  machine,
  boxes,
  direction,
}: {
  readonly machine: Machine;
  readonly boxes: readonly Box[];
  readonly direction: 'across' | 'down';
}) {
  const edge = machine.edges.find(({ kind, use }) => kind === 'back' && (use === 'open' || use === 'taking'));
  const [from, to] = [boxes[edge?.from ?? -1], boxes[edge?.to ?? -1]];
  if (edge === undefined || from === undefined || to === undefined || direction === 'down') return null;
  const text = edge.use === 'taking' ? 'rolling back' : 'way back';
  return (
    <text
      class={`back-label use-${edge.use}`}
      x={(from.x + to.x + to.width) / 2}
      y={from.y + from.height + 46}
      text-anchor="middle"
    >
      {text}
    </text>
  );
}

/** SVG breaks no lines. */
function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
