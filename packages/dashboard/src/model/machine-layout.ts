import type { Machine, MachineEdge } from './machine.ts';

/** A box of the diagram, in its own units. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the parts of the diagram are. */
export interface MachineLayout {
  readonly width: number;
  readonly height: number;
  /** As the nodes of the machine. */
  readonly boxes: readonly Box[];
  /** As its edges: what `d` of a path takes. */
  readonly paths: readonly string[];
  readonly direction: 'across' | 'down';
}

const across = { width: 190, height: 104, gap: 38, top: 30, bottom: 56, archHeight: 22 };
const down = { width: 300, height: 92, gap: 28, side: 44 };

/** Places the machine across where there is room, else down. */
export function layOutMachine(machine: Machine, direction: 'across' | 'down'): MachineLayout {
  return direction === 'across' ? layOutAcross(machine) : layOutDown(machine);
}

function layOutAcross({ nodes, edges }: Machine): MachineLayout {
  const { width, height, gap, bottom, archHeight } = across;
  // Only a way past rows that are left out goes above them.
  const top = across.top + (edges.some(({ from, to }) => to - from > 1) ? archHeight : 0);
  const boxes = nodes.map((_, index): Box => ({ x: 2 + index * (width + gap), y: top, width, height }));
  const paths = edges.map((edge) => pathAcross(edge, boxes));
  return { width: 4 + nodes.length * (width + gap) - gap, height: top + height + bottom, boxes, paths, direction: 'across' };
}

/** Forward on the level or, past rows that are left out, above them; back below. */
function pathAcross({ from, to, kind }: MachineEdge, boxes: readonly Box[]): string {
  const [a, b] = [boxAt(boxes, from), boxAt(boxes, to)];
  const middle = a.y + a.height / 2;
  if (kind === 'back') {
    const [x1, x2, y] = [a.x + a.width * 0.4, b.x + b.width * 0.6, a.y + a.height];
    return `M${x1} ${y + 2} C${x1} ${y + 38} ${x2} ${y + 38} ${x2} ${y + 4}`;
  }
  if (to - from === 1) return `M${a.x + a.width + 2} ${middle} H${b.x - 4}`;
  const [x1, x2] = [a.x + a.width / 2, b.x + b.width / 2];
  return `M${x1} ${a.y - 2} C${x1} ${a.y - 36} ${x2} ${a.y - 36} ${x2} ${b.y - 4}`;
}

function layOutDown({ nodes, edges }: Machine): MachineLayout {
  const { width, height, gap, side } = down;
  const boxes = nodes.map((_, index): Box => ({ x: 2, y: 2 + index * (height + gap), width, height }));
  const paths = edges.map((edge) => pathDown(edge, boxes));
  return { width: width + side, height: 4 + nodes.length * (height + gap) - gap, boxes, paths, direction: 'down' };
}

function pathDown({ from, to, kind }: MachineEdge, boxes: readonly Box[]): string {
  const [a, b] = [boxAt(boxes, from), boxAt(boxes, to)];
  if (kind === 'back') {
    const [x, y1, y2] = [a.x + a.width, a.y + a.height * 0.4, b.y + b.height * 0.6];
    return `M${x + 2} ${y1} C${x + 34} ${y1} ${x + 34} ${y2} ${x + 4} ${y2}`;
  }
  const x = a.x + 40;
  return `M${x} ${a.y + a.height + 2} V${b.y - 4}`;
}

function boxAt(boxes: readonly Box[], index: number): Box {
  return boxes[index] ?? { x: 0, y: 0, width: 0, height: 0 };
}
