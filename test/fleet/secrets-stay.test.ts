import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../secrets/capture.ts';
import { changedSince, filesBelow } from '../secrets/files-below.ts';
import { playShow, type Show } from '../secrets/play-show.ts';
import { createScanner, type Scanner, type Trace } from '../secrets/scanner.ts';

let show: Show;
let scanner: Scanner;

beforeAll(async () => {
  show = await playShow();
  scanner = createScanner(show.ledger.all());
}, 500_000);

afterAll(() => (show as Show | undefined)?.stop());

function describeTrace(place: string, { secret, form, offset }: Trace): string {
  return `${secret.name} is in ${place}, byte ${offset}, as ${form}`;
}

async function tracesInFiles(files: readonly string[]): Promise<string[]> {
  const traces: string[] = [];
  for (const file of files) {
    const content = await readFile(file).catch(() => Buffer.alloc(0));
    for (const trace of scanner.find(content)) if (!trace.secret.own.includes(file)) traces.push(describeTrace(file, trace));
  }
  return traces;
}

function tracesIn(channel: Channel): string[] {
  return show.capture.all(channel).flatMap(({ place, bytes }) => scanner.find(bytes).map((trace) => describeTrace(place, trace)));
}

describe('no secret is seen', () => {
  it('in a log', async () => {
    const logs = (await filesBelow(show.fleet.dir)).filter((file) => file.endsWith('.log'));
    expect(await tracesInFiles(logs)).toEqual([]);
  });
  it.each<Channel>(['output', 'answer', 'stream', 'process'])('%s', (channel) => {
    expect(tracesIn(channel)).toEqual([]);
  });
  it('in a file', async () => {
    const files = (await Promise.all(show.folders.map((folder) => filesBelow(folder)))).flat();
    expect(await tracesInFiles(files.filter((file) => !file.endsWith('.log')))).toEqual([]);
    const around = await changedSince(await filesBelow(process.cwd(), ['node_modules', '.git']), show.startedAtMs);
    expect(await tracesInFiles(around)).toEqual([]);
    console.log(show.ledger.all().length, scanner.runs, files.length, around.length);
    console.log([...show.refused.requests].join('\n'));
    console.log([...show.refused.starts].map(([n, r]) => `${n} ${r.exit} ${r.stderr}`).join('\n'));
  });
});
