import { describe, expect, it } from 'vitest';
import { othersMayRead } from './others-may-read.ts';

const service = { uid: 65_532, groups: [65_532, 2_000] };
const root = { uid: 0, groups: [0] };

describe('a file that holds a secret', () => {
  it('is private where its owner alone may read it', () => {
    expect(othersMayRead({ mode: 0o100600, uid: 65_532, gid: 65_532 }, service)).toBe(false);
    expect(othersMayRead({ mode: 0o100400, uid: 0, gid: 0 }, root)).toBe(false);
  });

  it('is private as a kubelet mounts it for a container that is not root: of root, readable by one group of the process', () => {
    expect(othersMayRead({ mode: 0o100440, uid: 0, gid: 2_000 }, service)).toBe(false);
    expect(othersMayRead({ mode: 0o100640, uid: 0, gid: 2_000 }, service)).toBe(false);
  });

  it.each([
    ['everybody may read it', { mode: 0o100644, uid: 0, gid: 2_000 }, service],
    ['everybody may write it', { mode: 0o100602, uid: 0, gid: 2_000 }, service],
    ['the group may write it', { mode: 0o100660, uid: 0, gid: 2_000 }, service],
    ['the group is none of the process', { mode: 0o100440, uid: 0, gid: 3_000 }, service],
    ['its owner is the process, which needs no group', { mode: 0o100640, uid: 65_532, gid: 2_000 }, service],
    ['the process is root, which needs no group', { mode: 0o100640, uid: 0, gid: 0 }, root],
  ])('is not where %s', (_, file, reader) => {
    expect(othersMayRead(file, reader)).toBe(true);
  });
});
