import type { Secret } from './secret.ts';

/** A secret that was seen where somebody looked. */
export interface Trace {
  readonly secret: Secret;
  /** How it was written. */
  readonly form: string;
  /** Where it begins to be seen, in bytes. */
  readonly offset: number;
}

/** Looks for many secrets at once. */
export interface Scanner {
  /** How many runs it knows. */
  readonly runs: number;
  /** The first trace of each secret in these bytes. */
  find(bytes: Uint8Array): readonly Trace[];
}

/**
 * So much of a secret, one part after the other, is a leak. It is 64 bits or more in each form: over all runs and all bytes
 * that are looked at, chance finds one in a hundred thousand tests at the most.
 */
const runBytes = 16;

const factor = 0x01000193;
const filterBits = 22;
/** What a byte still weighs when it leaves the run. */
const leavingFactor = Array.from({ length: runBytes }).reduce<number>((product) => Math.imul(product, factor), 1);

/** Finds every run of sixteen bytes of every form, wherever it begins: a sum that rolls along (Rabin and Karp), then the bytes. */
export function createScanner(secrets: readonly Secret[]): Scanner {
  const known = new Map<string, Omit<Trace, 'offset'>>();
  const filter = new Uint8Array(2 ** filterBits);
  for (const secret of secrets) {
    for (const { name, bytes } of secret.forms) {
      if (bytes.length < runBytes) throw new Error(`${secret.name} is too short to be told from anything else`);
      for (let start = 0; start + runBytes <= bytes.length; start += 1) {
        const run = bytes.subarray(start, start + runBytes);
        const text = run.toString('latin1');
        if (!known.has(text)) known.set(text, { secret, form: name });
        filter[slotOf(sumOf(run))] = 1;
      }
    }
  }
  return {
    runs: known.size,
    find: (bytes) => {
      const found = new Map<Secret, Trace>();
      const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      eachCandidate(content, filter, (offset) => {
        const trace = known.get(content.toString('latin1', offset, offset + runBytes));
        if (trace !== undefined && !found.has(trace.secret)) found.set(trace.secret, { ...trace, offset });
      });
      return [...found.values()];
    },
  };
}

function eachCandidate(content: Buffer, filter: Uint8Array, look: (offset: number) => void): void {
  let sum = sumOf(content.subarray(0, runBytes));
  for (let end = runBytes; end <= content.length; end += 1) {
    if (filter[slotOf(sum)] === 1) look(end - runBytes);
    const [entering = 0, leaving = 0] = [content[end], content[end - runBytes]];
    sum = (Math.imul(sum, factor) + entering - Math.imul(leaving, leavingFactor)) | 0;
  }
}

function sumOf(run: Uint8Array): number {
  return run.reduce((sum, byte) => (Math.imul(sum, factor) + byte) | 0, 0);
}

/** The upper bits of a product depend on all bits of the sum. */
function slotOf(sum: number): number {
  return Math.imul(sum, 0x9e3779b1) >>> (32 - filterBits);
}
