import { defineConfig } from 'vitest/config';

/** `./dev test --model` explores the larger worlds, and nothing else. */
const modelTests = process.env.REROOT_MODEL === 'large' ? 'large-model' : '!(large-model)';

/** The real tier is there when its servers are: `./dev test --real` says where. */
const withRealServers = (process.env.REROOT_REAL_SERVERS ?? '') !== '';

/** The tests in a browser are there when it is: `./dev test --browser` says where. */
const withBrowser = (process.env.REROOT_CHROMIUM ?? '') !== '';

/** Tests of the real tier's own parts that need no real server, and so belong to `unit`. */
const withoutServers = 'test/real/{judge,servers}/**/*.test.ts';

/** Requests made from the document of the API: a fuzz test beside what it tests. */
const apiFuzz = 'packages/mgmt/src/app-contract.test.ts';

const realTier = {
  test: {
    name: 'real',
    include: ['test/real/**/*.test.ts'],
    exclude: [withoutServers],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
    sequence: { groupOrder: 5 },
  },
};

const browserTier = {
  test: {
    name: 'browser',
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    sequence: { groupOrder: 6 },
  },
};

/**
 * Four projects, one after the other: `unit` runs beside the source on all cores, `fleet` starts whole fleets of
 * processes, one file at a time, `fuzz` gives every reader changed input, and `model` explores every interleaving of small
 * worlds. A fifth one, `real`, runs clusters of real servers, and a sixth, `browser`, looks at the dashboard in a Chromium.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'packages/*/src/**/*.test.ts',
            'test/{architecture,chaos}/**/*.test.ts',
            'tools/**/*.test.ts',
            'test/bench/**/*.test.ts',
            withoutServers,
          ],
          exclude: [apiFuzz, '**/node_modules/**'],
          testTimeout: 15_000,
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'fleet',
          include: ['test/fleet/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'model',
          include: [`test/model/${modelTests}.test.ts`],
          testTimeout: 900_000,
          maxWorkers: '100%',
          sequence: { groupOrder: 4 },
        },
      },
      {
        test: {
          name: 'fuzz',
          include: ['test/fuzz/**/*.test.ts', apiFuzz],
          testTimeout: 1_800_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 3 },
        },
      },
      ...(withRealServers ? [realTier] : []),
      ...(withBrowser ? [browserTier] : []),
    ],
  },
});
