import { appendFile, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChainCheck, readAuditLine } from '@reroot/shared/audit';
import { silentLog } from '@reroot/shared/log';
import { generateIdentity } from '@reroot/shared/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../store/index.ts';
import { createMemoryStore } from '../store/testing/memory-store.ts';
import { createFileSink, createStreamSink } from './audit-sink.ts';
import { followJournal, type JournalFollower } from './journal-follower.ts';

const { identity } = generateIdentity();

describe('the file that has the journal too', () => {
  let dir: string;
  let path: string;
  let store: Store;
  let follower: JournalFollower | undefined;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'reroot-audit-log-'));
    path = join(dir, 'audit.jsonl');
    follower = undefined;
    store = createMemoryStore({ audit: { identity, onAppended: () => follower?.wake() } });
    await store.takeTerm();
  });
  afterEach(() => rm(dir, { recursive: true }));

  const follow = async (sink = createFileSink(path)): Promise<void> => {
    follower = await followJournal({ store, sink, log: silentLog });
    follower.wake();
    await follower.idle();
  };
  const note = async (message: string): Promise<void> => {
    await store.note({ kind: 'start', action: 'mgmt.start', message }, 1);
    await follower?.idle();
  };
  const seqsOf = (text: string): number[] =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line, index) => readAuditLine(line, index + 1))
      .flatMap((line) => ('entry' in line ? [line.entry.seq] : []));

  it('has every entry once, in order, with heads that verify', async () => {
    await follow();
    for (const message of ['a', 'b', 'c']) await note(message);
    const text = await readFile(path, 'utf8');
    expect(seqsOf(text)).toEqual([1, 2, 3, 4]);
    const chain = createChainCheck();
    for (const line of text.trimEnd().split('\n').map(readAuditLine)) {
      if ('head' in line) chain.takeHead(line.head);
      else chain.take(line);
    }
    expect(chain.finish().head?.seq).toBe(4);
  });

  it('gets what it has missed, and goes on after a line that a crash has cut', async () => {
    await follow();
    follower = undefined;
    for (const message of ['a', 'b']) await note(message);
    await appendFile(path, '{"entry":{"seq":2,');
    await follow();
    await note('c');
    expect(seqsOf(await readFile(path, 'utf8'))).toEqual([1, 2, 3, 4]);
  });

  it('may be moved away: a new one goes on where it stopped', async () => {
    await follow();
    await rename(path, `${path}.1`);
    await note('a');
    expect(seqsOf(await readFile(path, 'utf8'))).toEqual([2]);
  });

  it('that cannot be written keeps nothing from going on, and gets everything later', async () => {
    await follow();
    await rename(dir, `${dir}.away`);
    await note('a');
    await rename(`${dir}.away`, dir);
    await note('b');
    expect(seqsOf(await readFile(path, 'utf8'))).toEqual([1, 2, 3]);
  });

  it('as the standard output gets what comes from now on', async () => {
    const written: string[] = [];
    await follow(createStreamSink({ write: (text) => written.push(text) }));
    await note('a');
    expect(seqsOf(written.join(''))).toEqual([2]);
  });

  it('of something else is refused', async () => {
    await appendFile(path, '{"entry":"of another program"}\n');
    await expect(follow()).rejects.toMatchObject({ code: 'RR_AUDIT_UNREADABLE' });
  });
});
