import { RerootError } from '@reroot/shared/errors';
import { silentLog } from '@reroot/shared/log';
import { createFakeClock, type FakeClock } from '@reroot/shared/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditDraft } from '../store/index.ts';
import { createRefusalNotes, type RefusedAct } from './refusal-notes.ts';

const refused = (by: string): RefusedAct => ({
  ...{ by: { name: by, via: 'token', why: 'late' }, action: 'POST /v1/meshes/:mesh/abort', mesh: 'demo', cluster: undefined },
  error: new RerootError('RR_ROTATION_NOT_FOUND', 'there is no rotation r1'),
});

describe('refused acts', () => {
  let clock: FakeClock;
  let noted: AuditDraft[];
  let note: (refused: RefusedAct) => void;
  beforeEach(() => {
    clock = createFakeClock(1_000);
    noted = [];
    const keep = async (draft: AuditDraft): Promise<void> => {
      noted.push(draft);
    };
    note = createRefusalNotes({ note: keep, clock, log: silentLog });
  });

  it('are noted with who, what and why not', () => {
    note(refused('ann'));
    expect(noted).toEqual([
      {
        ...{
          kind: 'refusal',
          action: 'POST /v1/meshes/:mesh/abort',
          by: { name: 'ann', via: 'token' },
          why: 'late',
          mesh: 'demo',
        },
        ...{ code: 'RR_ROTATION_NOT_FOUND', message: 'there is no rotation r1' },
      },
    ]);
  });

  it('are noted once in ten minutes when they are the same, with how many there were', () => {
    for (let count = 0; count < 5; count += 1) note(refused('ann'));
    clock.advance(600_000);
    note(refused('ann'));
    expect(noted.map(({ facts }) => facts)).toEqual([undefined, { heldBackOfThese: 4 }]);
  });

  it('fill no disk, whoever asks under however many names', () => {
    for (let count = 0; count < 250; count += 1) note(refused(`ann ${count}`));
    expect(noted).toHaveLength(100);
    clock.advance(3_600_000);
    note(refused('bob'));
    expect(noted.at(-1)).toMatchObject({ by: { name: 'bob' }, facts: { heldBackOfOthers: 150 } });
  });
});
