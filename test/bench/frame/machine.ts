import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

/** What the figures were measured on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly os: string;
  readonly node: string;
  readonly openssl: string;
  /** `none` where there is no nats-server. */
  readonly natsServer: string;
  /** Of the last minute, before the bench began: what else the machine had to do. */
  readonly loadAtStart: number;
}

/** Looks at this machine, now. */
export function describeMachine(): Machine {
  const [first] = cpus();
  return {
    cpu: first?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    os: `${type()} ${release()}`,
    node: process.version,
    openssl: process.versions.openssl,
    natsServer: natsServerVersion(),
    loadAtStart: loadavg()[0] ?? Number.NaN,
  };
}

function natsServerVersion(): string {
  try {
    const said = execFileSync(process.env['REROOT_NATS_SERVER'] ?? 'nats-server', ['--version'], { encoding: 'utf8' });
    return /v\d\S*/.exec(said)?.[0] ?? said.trim();
  } catch {
    return 'none';
  }
}
