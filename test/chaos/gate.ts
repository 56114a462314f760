import { serveJson } from '@reroot/mgmt/testing';
import type { GateAnswer } from './fault.ts';

/** Another system, which automatic verification asks whether a step may pass. */
export interface Gate {
  readonly url: string;
  /** Generations that it has let pass. */
  readonly passed: ReadonlySet<number>;
  say(answer: GateAnswer | 'pass'): void;
  stop(): Promise<void>;
}

/** Starts one that lets everything pass. */
export async function startGate(): Promise<Gate> {
  const server = await serveJson();
  const passed = new Set<number>();
  const say = (answer: GateAnswer | 'pass'): void => {
    server.answer = ({ body }) => {
      if (answer === 'silent') return 'silent';
      if (answer === 'broken') return { status: 500, body: 'out of order' };
      if (answer === 'pass') passed.add((JSON.parse(body) as { readonly generation: number }).generation);
      return { body: JSON.stringify({ verdict: answer }) };
    };
  };
  say('pass');
  return { url: server.url, passed, say, stop: () => server.stop() };
}
