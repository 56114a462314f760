import { systemClock } from '@reroot/shared/clock';
import { expect, it } from 'vitest';
import { createClockWatch } from './clock-watch.ts';

it('has what was heard counted anew whenever the clock was set back, and only then', () => {
  let nowMs = 1_000;
  const noted: string[] = [];
  const watch = createClockWatch({
    clock: { ...systemClock, now: () => nowMs },
    links: { setBack: (toMs) => void noted.push(`links ${toMs}`) },
    fleet: {
      setBack: (toMs) => {
        noted.push(`fleet ${toMs}`);
        return ['east', 'gone'].map((mesh) => ({ mesh, cluster: 'one' }));
      },
    },
    meshes: {
      find: (mesh) => (mesh === 'gone' ? undefined : ({ hear: (cluster: string) => noted.push(`${mesh}/${cluster}`) } as never)),
    },
  });
  for (nowMs of [1_000, 5_000, 5_000, 4_999, 4_999, 9_000, 100]) watch();
  expect(noted).toEqual(['links 4999', 'fleet 4999', 'east/one', 'links 100', 'fleet 100', 'east/one']);
});
