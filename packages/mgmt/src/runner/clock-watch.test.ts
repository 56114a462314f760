import { systemClock } from '@reroot/shared/clock';
import { expect, it } from 'vitest';
import { createClockWatch } from './clock-watch.ts';

it('says by how much the clock was set back, and nothing of the milliseconds that NTP takes back', () => {
  let nowMs = 10_000;
  const noted: string[] = [];
  const watch = createClockWatch({
    clock: { ...systemClock, now: () => nowMs },
    links: { setBack: (byMs, toMs) => void noted.push(`links ${byMs} ${toMs}`) },
    fleet: {
      setBack: (byMs, toMs) => {
        noted.push(`fleet ${byMs} ${toMs}`);
        return ['east', 'gone'].map((mesh) => ({ mesh, cluster: 'one' }));
      },
    },
    meshes: {
      find: (mesh) => (mesh === 'gone' ? undefined : ({ hear: (cluster: string) => noted.push(`${mesh}/${cluster}`) } as never)),
    },
  });
  for (nowMs of [10_000, 50_000, 49_999, 49_500, 90_000, 80_000, 80_000]) watch();
  expect(noted).toEqual(['links 10000 80000', 'fleet 10000 80000', 'east/one']);
  // Step by step it comes to as much.
  for (nowMs of [79_500, 79_000]) watch();
  expect(noted.slice(3)).toEqual(['links 1000 79000', 'fleet 1000 79000', 'east/one']);
});
