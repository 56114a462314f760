import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { findServers } from './servers/find-servers.ts';

/** What kubectl said, and how it ended. */
export interface KubectlAnswer {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** kubectl as a person has it. */
export interface Kubectl {
  /** @param input goes to its standard input, for `-f -` */
  run(args: readonly string[], input?: string): Promise<KubectlAnswer>;
  /** The same of what must not fail. @throws with what it said */
  must(args: readonly string[], input?: string): Promise<string>;
}

/** The real program, with a kubeconfig and in the name of somebody. */
export function kubectlAs(kubeconfig: string, namespace: string, ...as: readonly string[]): Kubectl {
  const run: Kubectl['run'] = async (args, input = '') => {
    const common = ['--kubeconfig', kubeconfig, '--namespace', namespace, ...as];
    const child = spawn(findServers().kubectl, [...common, ...args], { env: { HOME: '/nonexistent' } });
    child.stdin.end(input);
    const ended = new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? -1)));
    const [out, err, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { status, out: out.trimEnd(), err: err.trimEnd() };
  };
  return {
    run,
    must: async (args, input) => {
      const { status, out, err } = await run(args, input);
      if (status !== 0) throw new Error(`kubectl ${args.join(' ')} ended with ${status}: ${err}${out}`);
      return out;
    },
  };
}
