import type { DefineVerb } from './verb.ts';

/** One verb, as far as the help of the whole program shows it. */
export interface Verb {
  readonly name: string;
  readonly group: (typeof verbGroups)[number] | 'hidden';
  readonly summary: string;
  /** Imports the rest: whoever types one verb waits for no other. */
  readonly load: () => Promise<DefineVerb>;
}

/** What people come for, in the order in which they do. */
export const verbGroups = ['Look', 'Rotate', 'Show afterwards', 'Set up', 'This program'] as const;

/** Every verb there is, in the order of the help. */
export const verbs: readonly Verb[] = [
  {
    name: 'status',
    group: 'Look',
    summary: 'show a mesh: its step, what it waits for, its clusters',
    load: async () => (await import('./status.ts')).defineStatus,
  },
  {
    name: 'matrix',
    group: 'Look',
    summary: 'show which clusters accept the leaves of which',
    load: async () => (await import('./matrix.ts')).defineMatrix,
  },
  {
    name: 'preflight',
    group: 'Look',
    summary: 'look whether a rotation would get through now',
    load: async () => (await import('./preflight.ts')).definePreflight,
  },
  {
    name: 'plan',
    group: 'Look',
    summary: 'show what a rotation would do, step by step',
    load: async () => (await import('./plan.ts')).definePlan,
  },
  {
    name: 'prove',
    group: 'Look',
    summary: 'have a mesh proven now by every check',
    load: async () => (await import('./prove.ts')).defineProve,
  },
  {
    name: 'proofs',
    group: 'Look',
    summary: 'show what was proven of a mesh',
    load: async () => (await import('./proofs.ts')).defineProofs,
  },
  {
    name: 'explain',
    group: 'Look',
    summary: 'say what a code or a reason means, and what to do',
    load: async () => (await import('./explain.ts')).defineExplain,
  },
  {
    name: 'rotate',
    group: 'Rotate',
    summary: 'replace the root of a mesh, and follow it to the end',
    load: async () => (await import('./rotate.ts')).defineRotate,
  },
  {
    name: 'wait',
    group: 'Rotate',
    summary: 'follow the rotation under way, whoever started it',
    load: async () => (await import('./wait.ts')).defineWait,
  },
  {
    name: 'verify',
    group: 'Rotate',
    summary: 'let the present step pass, or take it back',
    load: async () => (await import('./verify.ts')).defineVerify,
  },
  {
    name: 'retry',
    group: 'Rotate',
    summary: 'take a failed rotation up again where it failed',
    load: async () => (await import('./retry.ts')).defineRetry,
  },
  {
    name: 'abort',
    group: 'Rotate',
    summary: 'take a rotation back before a cluster was told of it',
    load: async () => (await import('./abort.ts')).defineAbort,
  },
  {
    name: 'exclude',
    group: 'Rotate',
    summary: 'let rotations go on without a cluster',
    load: async () => (await import('./exclude.ts')).defineExclude,
  },
  {
    name: 'include',
    group: 'Rotate',
    summary: 'let an excluded cluster come back',
    load: async () => (await import('./include.ts')).defineInclude,
  },
  {
    name: 'history',
    group: 'Show afterwards',
    summary: 'show what happened to a mesh',
    load: async () => (await import('./history.ts')).defineHistory,
  },
  {
    name: 'audit',
    group: 'Show afterwards',
    summary: 'read, verify and export the journal',
    load: async () => (await import('./audit.ts')).defineAudit,
  },
  {
    name: 'evidence',
    group: 'Show afterwards',
    summary: 'write or verify what shows how a rotation went',
    load: async () => (await import('./evidence.ts')).defineEvidence,
  },
  {
    name: 'crl',
    group: 'Show afterwards',
    summary: 'print a list that revokes what the old root has signed',
    load: async () => (await import('./crl.ts')).defineCrl,
  },
  {
    name: 'apply',
    group: 'Set up',
    summary: 'make or change the mesh that a file describes',
    load: async () => (await import('./apply.ts')).defineApply,
  },
  {
    name: 'mesh',
    group: 'Set up',
    summary: 'take clusters that have a CA already into a mesh',
    load: async () => (await import('./mesh.ts')).defineMesh,
  },
  {
    name: 'cluster',
    group: 'Set up',
    summary: 'say which clusters may speak to mgmt',
    load: async () => (await import('./cluster.ts')).defineCluster,
  },
  {
    name: 'keygen',
    group: 'Set up',
    summary: 'make an identity for mgmt or an agent',
    load: async () => (await import('./keygen.ts')).defineKeygen,
  },
  {
    name: 'nats',
    group: 'Set up',
    summary: 'prepare the NATS servers that all meet on',
    load: async () => (await import('./nats.ts')).defineNats,
  },
  {
    name: 'token',
    group: 'Set up',
    summary: 'make tokens for the API of mgmt',
    load: async () => (await import('./token.ts')).defineToken,
  },
  {
    name: 'notifications',
    group: 'Set up',
    summary: 'show who is told what happens, and test it',
    load: async () => (await import('./notifications.ts')).defineNotifications,
  },
  {
    name: 'store',
    group: 'Set up',
    summary: 'back up, restore and move what mgmt keeps',
    load: async () => (await import('./store.ts')).defineStore,
  },
  {
    name: 'pki',
    group: 'Set up',
    summary: 'look into certificates; foretell what Istio does',
    load: async () => (await import('./pki.ts')).definePki,
  },
  {
    name: 'context',
    group: 'This program',
    summary: 'keep servers under names',
    load: async () => (await import('./context.ts')).defineContext,
  },
  {
    name: 'completion',
    group: 'This program',
    summary: 'print a script that completes command lines',
    load: async () => (await import('./completion.ts')).defineCompletion,
  },
  {
    name: 'version',
    group: 'This program',
    summary: 'show the versions of this program and of mgmt',
    load: async () => (await import('./version.ts')).defineVersion,
  },
  {
    name: 'help',
    group: 'This program',
    summary: 'show how a verb is used',
    load: async () => (await import('./help.ts')).defineHelp,
  },
  {
    name: '__complete',
    group: 'hidden',
    summary: 'what the script of `completion` asks',
    load: async () => (await import('./completion.ts')).defineComplete,
  },
];
