import { describe, expect, it } from 'vitest';
import { isForTests, readRepositoryFile, readSources } from './sources.ts';

/** Codes that end on their way: at the start, with the next list, or as the reason why what a place holds is not known. */
const endOnTheirWay = [
  ...['RR_KUBECONFIG_INVALID', 'RR_WATCH_EXPIRED', 'RR_PROXY_UNREACHABLE', 'RR_PROXY_ANSWER_INVALID'],
  'RR_PKI_BAD_CERTIFICATE',
];
/** Codes that are the answer to a task of mgmt. */
const answersToTasks = ['RR_TASK_UNKNOWN', 'RR_TASK_BUSY', 'RR_TASK_EXPIRED', 'RR_HANDSHAKE_UNKNOWN', 'RR_PATH_PROBE_FORBIDDEN'];
/** Codes of what mgmt alone asks of Vault. */
const ofMgmt = ['RR_VAULT_TTL_CAPPED'];
/** Codes that end the program before it has an agent. */
const ofTheStart = ['RR_ADDRESS_UNUSABLE'];
const neverReported = [...ofTheStart, ...endOnTheirWay, ...answersToTasks, ...ofMgmt];
const startPrograms = ['packages/agent/src/main.ts'];
/** The agent, and what it reaches Kubernetes and Vault by. */
const sourcesOfAgent = 'packages/{agent,kube-api,vault}/src/**/*.ts';

describe('the table of problems in docs/agent.md', () => {
  it('has a row for each code that a source of the agent, or of its ways to Kubernetes and Vault, names, unless it is never reported', () => {
    const sources = readSources(sourcesOfAgent).filter((source) => !(isForTests(source) || startPrograms.includes(source.path)));
    const named = new Set(sources.flatMap(({ text }) => text.match(/(?<=')RR_[A-Z0-9_]+(?=')/g) ?? []));
    const [, section = ''] = readRepositoryFile('docs/agent.md').split('## Problems it reports');
    const rows = new Set(
      [...section.matchAll(/^\| (.*?) \|/gm)].flatMap(([, codes = '']) => codes.match(/RR_[A-Z0-9_]+/g) ?? []),
    );
    expect(named.size).toBeGreaterThan(20);
    expect([...named].filter((code) => !(rows.has(code) || neverReported.includes(code))).toSorted()).toEqual([]);
  });

  it('claims of no code that it is never reported which nothing names', () => {
    const text = readSources(sourcesOfAgent)
      .map((source) => source.text)
      .join('\n');
    expect(neverReported.filter((code) => !text.includes(code))).toEqual([]);
  });
});
