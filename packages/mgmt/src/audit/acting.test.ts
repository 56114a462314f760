import { describe, expect, it } from 'vitest';
import { createTurn } from '../store/index.ts';
import { actAs, actByItself, whoActs } from './acting.ts';

const ann = { name: 'ann', via: 'token' };
const bob = { name: 'bob', via: 'token' };

describe('who acts', () => {
  it('is reroot itself where nobody has asked', () => {
    expect(whoActs()).toEqual({ name: 'reroot', via: 'itself' });
  });

  it('goes along through a queue in which others wait too', async () => {
    const turn = createTurn();
    const seen: string[] = [];
    const note = async (): Promise<void> => {
      await Promise.resolve();
      seen.push(whoActs().name);
    };
    await Promise.all([
      actAs(ann, () => turn.take(note)),
      turn.take(note),
      actAs(bob, () => turn.take(note)),
      actAs(ann, () => actByItself(() => turn.take(note))),
    ]);
    expect(seen).toEqual(['ann', 'reroot', 'bob', 'reroot']);
  });
});
