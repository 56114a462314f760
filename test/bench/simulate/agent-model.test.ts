import { describe, expect, it } from 'vitest';
import { type AgentModel, createAgentModel, type Said } from './agent-model.ts';
import type { AgentCosts, Step } from './costs.ts';
import { createOwnMachines } from './machine.ts';
import { createTimeline } from './timeline.ts';
import { usualIntervals } from './usual.ts';

const costs: AgentCosts = { hearMs: 1, answerMs: 2, lookMs: 30, again: 1 / 3, mainShare: 0.5 };
const [keep, ask]: readonly Step[] = [
  { intermediate: 'keep', provenAfterLooks: 1 },
  { intermediate: 'ask', provenAfterLooks: 2 },
];

function createRig(answer: (agent: AgentModel) => void = (agent) => agent.hear({ kind: 'issued' })) {
  const timeline = createTimeline();
  const said: string[] = [];
  const looks: number[] = [];
  const own = createOwnMachines(timeline);
  const say = (each: Said): void => {
    const what = each.kind === 'report' ? `report ${each.generation} ${each.proof}` : each.kind;
    said.push(`${timeline.nowMs()} ${what}`);
    if (each.kind === 'issue') timeline.after(5, () => answer(agent));
  };
  const place = { main: own, beside: own };
  const agent = createAgentModel({
    timeline,
    place,
    costs,
    intervals: usualIntervals(),
    random: () => 0.999,
    say,
    onLook: () => looks.push(timeline.nowMs()),
  });
  return { timeline, said, looks, agent };
}

describe('the model of an agent', () => {
  it('looks once in its interval, and reports by itself, somewhat early', () => {
    const { timeline, said, looks } = createRig();
    timeline.run(50_000);
    expect(said).toEqual([10_000, 19_011, 28_022, 37_033, 46_044].map((atMs) => `${atMs} report 0 whole`));
    expect(looks).toEqual([9_990, 19_001, 28_012, 37_023, 46_034]);
  });

  it('settles, writes what it is told, reports, and looks once more without saying so', () => {
    const { timeline, said, agent } = createRig();
    agent.hear({ kind: 'trust', generation: 1, step: keep! });
    timeline.run(5_000);
    expect(said).toEqual(['231 report 1 whole']);
  });

  it('asks for an intermediate where the step has a new signer, and is proven by its second look', () => {
    const { timeline, said, agent } = createRig();
    agent.hear({ kind: 'trust', generation: 1, step: ask! });
    timeline.run(5_000);
    // 1 to hear, 200 to settle, half of 30; 5 on the way and 1 to hear; the other half; then settled again, and a look.
    expect(said).toEqual(['216 issue', '237 report 1 part', '467 report 1 whole']);
  });

  it('does not go on as long as its request is not answered', () => {
    const { timeline, said, agent } = createRig(() => undefined);
    agent.hear({ kind: 'trust', generation: 1, step: ask! });
    timeline.run(60_000);
    expect(said).toEqual(['216 issue']);
  });

  it('takes several calls that come together for one, and reports because it was asked', () => {
    const { timeline, said, agent } = createRig();
    for (const atMs of [0, 50, 100]) timeline.at(atMs, () => agent.hear({ kind: 'trust', generation: 0, step: keep! }));
    timeline.run(5_000);
    expect(said).toEqual(['211 report 0 whole']);
  });

  it('answers terms at once, whatever else it does', () => {
    const { timeline, said, agent } = createRig();
    agent.hear({ kind: 'trust', generation: 1, step: keep! });
    timeline.at(205, () => agent.hear({ kind: 'terms' }));
    timeline.run(5_000);
    expect(said).toEqual(['207 link', '231 report 1 whole']);
  });
});
