import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPacerModel, type ModelWord } from './pacer-model.ts';
import { createTimeline } from './timeline.ts';
import { atRest, pace } from './usual.ts';

function createRig() {
  const timeline = createTimeline();
  const said: { readonly atMs: number; readonly word: ModelWord }[] = [];
  const pacer = createPacerModel(timeline, pace, (words, nextTurn) => {
    for (const word of words) said.push({ atMs: timeline.nowMs(), word });
    timeline.after(0, nextTurn);
  });
  const sayMany = (lane: ModelWord['lane'], count: number, from = 0): void => {
    for (let key = from; key < from + count; key += 1) pacer.say({ lane, key });
  };
  return { timeline, said, sayMany };
}

describe('the model of the pacer', () => {
  it('has the numbers of the pacer', () => {
    const source = readFileSync(join(import.meta.dirname, '../../../packages/mgmt/src/runner/pacer.ts'), 'utf8');
    expect(source).toContain(`wordsPerTurn = ${pace.wordsPerTurn};`);
    expect(source).toContain(`sliceMs = ${pace.sliceMs};`);
    const { news, again } = pace.wordsPerSlice;
    expect(source.replaceAll('_', '')).toContain(`{ news: ${news}, again: ${again} }`);
  });

  it('knows how much longer things take at rest', () => {
    const read = (file: string): string => readFileSync(join(import.meta.dirname, '../../../packages', file), 'utf8');
    expect(read('mgmt/src/runner/resync.ts')).toContain(`restPeriods = ${atRest.restPeriods};`);
  });

  it('tells a small fleet at once', () => {
    const { said, sayMany } = createRig();
    sayMany('news', 100);
    expect(said.map(({ atMs }) => atMs)).toEqual(Array.from({ length: 100 }, () => 0));
  });

  it('says no more than a slice holds, wherever it begins', () => {
    const { timeline, said, sayMany } = createRig();
    sayMany('news', 5_000);
    timeline.run(10_000);
    expect(new Set(said.map(({ word }) => word.key)).size).toBe(5_000);
    expect(said.at(-1)?.atMs).toBe(400);
    // Whatever is said a slice's words later is a slice later at the least.
    const apart = said.slice(pace.wordsPerSlice.news).map(({ atMs }, index) => atMs - (said[index]?.atMs ?? 0));
    expect(Math.min(...apart)).toBeGreaterThanOrEqual(pace.sliceMs);
  });

  it('says news before what is only said again, and nothing twice that still waits', () => {
    const { timeline, said, sayMany } = createRig();
    sayMany('again', 1_000);
    sayMany('news', 300, 500);
    sayMany('again', 800, 200);
    timeline.run(10_000);
    expect(said).toHaveLength(1_000);
    const lastNews = said.findLastIndex(({ word }) => word.lane === 'news');
    const waited = said.slice(pace.wordsPerTurn, lastNews + 1);
    expect(waited.every(({ word }) => word.lane === 'news')).toBe(true);
  });
});
