import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { waitFor } from '../testing/index.ts';

const programUrl = new URL('./run-program.ts', import.meta.url).href;
const errorsUrl = new URL('../errors/index.ts', import.meta.url).href;

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

interface Program {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly exited: Promise<number | null>;
}

/** Runs `body` as the main function of a program of its own. */
function run(body: string): Program {
  const imports = `import { runProgram } from '${programUrl}'; import { RerootError } from '${errorsUrl}';`;
  const script = `${imports} await runProgram('probe', async ({ signal }) => { ${body} });`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const exited = once(child, 'close').then(([code]) => code as number | null);
  return { child, output: () => output, exited };
}

const upTo = (program: Program, text: string): Promise<unknown> =>
  waitFor(() => program.output().includes(text), { timeoutMs: 10_000, what: text });

/** Keeps a program alive as an open server would. */
const keepAlive = 'const alive = setInterval(() => undefined, 1000);';

describe('a program', () => {
  it('exits 0 when it is through, even though something was left open', async () => {
    const { exited, output } = run(`${keepAlive} console.log('done');`);
    expect({ code: await exited, output: output() }).toEqual({ code: 0, output: 'done\n' });
  });

  it('prints an error with its place and remedy, and exits by its code', async () => {
    const { exited, output } = run(
      `throw new RerootError('RR_NATS_UNREACHABLE', 'nobody is there', { place: 'a:1', remedy: 'do it' });`,
    );
    expect({ code: await exited, output: output() }).toEqual({
      code: 3,
      output: 'error RR_NATS_UNREACHABLE: nobody is there (a:1)\nremedy: do it\n',
    });
  });

  it('shows the stack of an error that nobody foresaw', async () => {
    const { exited, output } = run(`throw new TypeError('odd');`);
    expect(await exited).toBe(1);
    expect(output()).toMatch(/^error RR_INTERNAL: odd\nremedy: .+\nTypeError: odd\n +at /);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('is told by %s to end, and ends in order', async (signalName) => {
    const wait = `await new Promise((resolve) => signal.addEventListener('abort', resolve)); clearInterval(alive);`;
    const program = run(`${keepAlive} console.log('up'); ${wait} console.log('tidy'); signal.throwIfAborted();`);
    await upTo(program, 'up');
    program.child.kill(signalName);
    expect(await program.exited).toBe(0);
    expect(program.output()).toBe('up\ntidy\n');
  });

  it("takes it as a normal end when one of Node's own functions was aborted", async () => {
    const wait = `const { setTimeout: sleep } = await import('node:timers/promises');`;
    const program = run(`${wait} console.log('up'); await sleep(60_000, undefined, { signal });`);
    await upTo(program, 'up');
    program.child.kill('SIGTERM');
    expect({ code: await program.exited, output: program.output() }).toEqual({ code: 0, output: 'up\n' });
  });

  it('reports an error on the way down', async () => {
    const wait = `await new Promise((resolve) => signal.addEventListener('abort', resolve));`;
    const program = run(`${keepAlive} console.log('up'); ${wait} throw new RerootError('RR_WAIT_TIMEOUT', 'too slow');`);
    await upTo(program, 'up');
    program.child.kill('SIGTERM');
    expect(await program.exited).toBe(5);
  });

  it('exits 130 at the second signal', async () => {
    const program = run(`${keepAlive} signal.addEventListener('abort', () => console.log('aborting')); console.log('up');
      await new Promise(() => undefined);`);
    await upTo(program, 'up');
    program.child.kill('SIGINT');
    await upTo(program, 'aborting');
    program.child.kill('SIGINT');
    expect(await program.exited).toBe(130);
  });
});
