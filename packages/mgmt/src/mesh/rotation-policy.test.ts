import { describe, expect, it } from 'vitest';
import { defaultRotationPolicy, type RotationPolicy } from '../rotation/index.ts';
import type { MeshSpec } from './mesh-spec.ts';
import { readMesh } from './read-mesh.ts';
import { minimalMesh } from './testing/minimal-mesh.ts';

const place = 'spec.mtlsConfig.shared.certificateRotation';
const dayMs = 86_400_000;

function textWith(certificateRotation: unknown, generated: unknown = {}): string {
  return minimalMesh(({ spec }) => {
    spec['clusters'] = ['east', 'west'];
    spec.mtlsConfig.shared = { rootCertificateAuthority: { generated }, certificateRotation };
  });
}

function readWith(certificateRotation: unknown, generated: unknown = {}): MeshSpec {
  return readMesh(textWith(certificateRotation, generated), 'demo', 'body');
}

const full = `
apiVersion: reroot.dev/v1
kind: VirtualMesh
metadata: { name: demo }
spec:
  clusters: [east, west, north]
  mtlsConfig:
    shared:
      rootCertificateAuthority: { generated: { ttlDays: 3650, secretRotationGracePeriodRatio: 0.2 } }
      certificateRotation:
        strategy: MULTI_ROOT
        verification: { manual: {} }
        waves: { canaries: [west, north], maxPercent: 25, soak: 1h30m, onFailure: ON_FAILURE_CONTINUE }
        stepTimeout: { after: 12h, then: THEN_ROLLBACK }
        silentClusters: { excludeAfter: 30m }
        maintenanceWindows:
          - { cron: 0 22 * * 1-5, duration: 8h, timeZone: Europe/Berlin }
          - { cron: 0 6 * * SAT, duration: 90s }
        requiredEvidence: EVIDENCE_LOADED
        restarts: RESTART_NEEDED
        workloadRestarts: RESTART_NEEDED
        drift: DRIFT_REPORT
        minimumOverlap: 2d
        minimumRootValidity: 365d
        approvals: { fourEyes: true, expireAfter: 4h }
        rootKeyRetention: 0s
        emergency: { restarts: RESTART_NEVER, workloadRestarts: RESTART_NEVER }
`;

describe('the policy of rotations', () => {
  it('is read with everything that it says', () => {
    const { rotation, maintenanceWindows } = readMesh(full, 'demo', 'mesh.yaml');
    expect(rotation).toEqual({
      strategy: 'MULTI_ROOT',
      verification: 'manual',
      approvals: { by: 'another-person', expireAfterMs: 14_400_000 },
      waves: { canaries: ['west', 'north'], size: { kind: 'share', percent: 25 }, soakMs: 5_400_000, onFailure: 'continue' },
      stepTimeout: { afterMs: dayMs / 2, then: 'rollback' },
      silentClusters: { kind: 'exclude', afterMs: 1_800_000 },
      requiredEvidence: 'loaded',
      restarts: 'when-refused',
      workloadRestarts: 'when-needed',
      drift: 'report',
      minimumOverlapMs: 2 * dayMs,
      minimumRootValidityMs: 365 * dayMs,
      rootKeyRetentionMs: 0,
      rootGraceRatio: 0.2,
      emergency: { restarts: 'never', workloadRestarts: 'never' },
    } satisfies RotationPolicy);
    expect(maintenanceWindows).toEqual([
      { cron: '0 22 * * 1-5', durationMs: dayMs / 3, timeZone: 'Europe/Berlin' },
      { cron: '0 6 * * SAT', durationMs: 90_000, timeZone: 'UTC' },
    ]);
  });

  it('has its defaults where it says nothing, and where protobuf prints what is not set', () => {
    const printed = {
      strategy: 'MULTI_ROOT',
      waves: { canaries: [], onFailure: 'ON_FAILURE_UNSPECIFIED' },
      maintenanceWindows: [],
      requiredEvidence: 'EVIDENCE_UNSPECIFIED',
      restarts: 'RESTART_UNSPECIFIED',
      workloadRestarts: 'RESTART_UNSPECIFIED',
      drift: 'DRIFT_UNSPECIFIED',
      approvals: { fourEyes: false },
      emergency: { restarts: 'RESTART_UNSPECIFIED', workloadRestarts: 'RESTART_NEEDED' },
    };
    for (const asked of [{}, printed, { waves: {}, approvals: {} }]) {
      expect(readWith(asked)).toMatchObject({ rotation: defaultRotationPolicy, maintenanceWindows: [] });
    }
  });

  const overlap = { minimumOverlap: '86400s' };
  it.each([
    [{ verification: { none: {} } }, { verification: 'none' }],
    [{ waves: { maxClusters: 3 } }, { waves: { ...defaultRotationPolicy.waves, size: { kind: 'count', clusters: 3 } } }],
    [{ waves: { onFailure: 'ON_FAILURE_STOP' } }, { waves: defaultRotationPolicy.waves }],
    [{ stepTimeout: { after: '1s' } }, { stepTimeout: { afterMs: 1000, then: 'hold' } }],
    [{ stepTimeout: { after: '1s', then: 'THEN_UNSPECIFIED' } }, { stepTimeout: { afterMs: 1000, then: 'hold' } }],
    [{ stepTimeout: { after: '1s', then: 'THEN_HOLD' } }, { stepTimeout: { afterMs: 1000, then: 'hold' } }],
    [{ silentClusters: { wait: {} } }, { silentClusters: { kind: 'wait' } }],
    [
      { requiredEvidence: 'EVIDENCE_WRITTEN', ...overlap },
      { requiredEvidence: 'written', minimumOverlapMs: dayMs },
    ],
    [
      { requiredEvidence: 'EVIDENCE_PUBLISHED', ...overlap },
      { requiredEvidence: 'published', minimumOverlapMs: dayMs },
    ],
    [
      { requiredEvidence: 'EVIDENCE_WRITTEN', strategy: 'NONE' },
      { requiredEvidence: 'written', strategy: 'NONE' },
    ],
    [{ requiredEvidence: 'EVIDENCE_HELD' }, { requiredEvidence: 'held' }],
    [{ restarts: 'RESTART_NEVER' }, { restarts: 'never' }],
    [{ restarts: 'RESTART_ALWAYS' }, { restarts: 'always' }],
    [{ workloadRestarts: 'RESTART_NEVER' }, { workloadRestarts: 'never' }],
  ])('takes %j', (asked, expected) => {
    expect(readWith(asked).rotation).toEqual({ ...defaultRotationPolicy, ...expected });
  });

  it('takes empty text for UTC', () => {
    const { maintenanceWindows } = readWith({ maintenanceWindows: [{ cron: '0 0 * * *', duration: '60s', timeZone: '' }] });
    expect(maintenanceWindows).toEqual([{ cron: '0 0 * * *', durationMs: 60_000, timeZone: 'UTC' }]);
  });
});

const windowWith = (change: object): object => ({ maintenanceWindows: [{ cron: '0 0 * * *', duration: '1h', ...change }] });
const manyCanaries = Array.from({ length: 101 }, (_, index) => `c${index}`);

describe('a policy of rotations that is wrong', () => {
  it.each<[asked: object, path: string]>([
    [{ x: 1 }, 'x'],
    [{ verification: { none: {}, x: 1 } }, 'verification.x'],
    [{ verification: { none: { x: 1 } } }, 'verification.none.x'],
    [{ verification: { manual: { x: 1 } } }, 'verification.manual.x'],
    [{ waves: { x: 1 } }, 'waves.x'],
    [{ stepTimeout: { after: '1h', x: 1 } }, 'stepTimeout.x'],
    [{ silentClusters: { wait: {}, x: 1 } }, 'silentClusters.x'],
    [{ silentClusters: { wait: { x: 1 } } }, 'silentClusters.wait.x'],
    [windowWith({ x: 1 }), 'maintenanceWindows.0.x'],
    [{ approvals: { x: 1 } }, 'approvals.x'],
  ])('is refused for an unknown key: %j', (asked, path) => {
    expect(() => readWith(asked)).toThrow(
      expect.objectContaining({
        code: 'RR_MESH_INVALID',
        message: expect.stringContaining('unknown key "x"'),
        place: expect.stringMatching(new RegExp(`^body:\\d+:\\d+ \\(${place}.${path}\\)$`)),
      }),
    );
  });

  it.each<[asked: object, path: string, message: string]>([
    [{ strategy: 'FAST' }, 'strategy', 'got "FAST"'],
    [{ verification: {} }, 'verification', 'one of none, manual, automatic'],
    [{ verification: { none: {}, manual: {} } }, 'verification', 'one of none, manual, automatic'],
    [{ waves: { canaries: ['north'] } }, 'waves.canaries.0', 'is not among spec.clusters, got "north"'],
    [{ waves: { canaries: ['east', 'east'] } }, 'waves.canaries.1', 'named twice'],
    [{ waves: { canaries: manyCanaries } }, 'waves.canaries', '100'],
    [{ waves: { maxClusters: 0 } }, 'waves.maxClusters', 'at least 1, got 0'],
    [{ waves: { maxClusters: 1.5 } }, 'waves.maxClusters', 'a whole number, got 1.5'],
    [{ waves: { maxPercent: 0 } }, 'waves.maxPercent', '1 to 100, in percent, got 0'],
    [{ waves: { maxPercent: 101 } }, 'waves.maxPercent', '1 to 100, in percent, got 101'],
    [{ waves: { maxPercent: 10, maxClusters: 10 } }, 'waves', 'maxClusters or maxPercent, not both'],
    [{ waves: { soak: 600 } }, 'waves.soak', 'a duration such as "0s", "90s", "10m", "1h30m" or "7d", got 600'],
    [{ waves: { soak: '-1s' } }, 'waves.soak', 'got "-1s"'],
    [{ waves: { soak: '91d' } }, 'waves.soak', '0s to 90d, got "91d"'],
    [{ waves: { onFailure: 'STOP' } }, 'waves.onFailure', '"ON_FAILURE_STOP"'],
    [{ stepTimeout: { then: 'THEN_HOLD' } }, 'stepTimeout.after', 'nothing is there'],
    [{ stepTimeout: { after: '999ms' } }, 'stepTimeout.after', '1s to 365d, got "999ms"'],
    [{ stepTimeout: { after: '1s', then: 'ROLLBACK' } }, 'stepTimeout.then', '"THEN_ROLLBACK"'],
    [{ silentClusters: {} }, 'silentClusters', 'one of wait, excludeAfter'],
    [{ silentClusters: { wait: {}, excludeAfter: '1h' } }, 'silentClusters', 'one of wait, excludeAfter'],
    [{ silentClusters: { excludeAfter: '59s' } }, 'silentClusters.excludeAfter', '1m to 365d'],
    [windowWith({ cron: '0 0 * *' }), 'maintenanceWindows.0.cron', 'five fields'],
    [windowWith({ cron: '0 24 * * *' }), 'maintenanceWindows.0.cron', 'is no cron pattern: Invalid value for hour: 24'],
    [windowWith({ cron: '0 0 30 2 *' }), 'maintenanceWindows.0.cron', 'never comes'],
    [windowWith({ duration: undefined }), 'maintenanceWindows.0.duration', 'nothing is there'],
    [windowWith({ duration: '59s' }), 'maintenanceWindows.0.duration', '1m to 7d'],
    [windowWith({ duration: '169h' }), 'maintenanceWindows.0.duration', '1m to 7d'],
    [windowWith({ timeZone: 'Europe/Atlantis' }), 'maintenanceWindows.0.timeZone', 'time zone of the IANA database'],
    [{ maintenanceWindows: Array(21).fill({ cron: '0 0 * * *', duration: '1h' }) }, 'maintenanceWindows', 'at most 20'],
    [{ requiredEvidence: 'EVIDENCE_FELT' }, 'requiredEvidence', '"EVIDENCE_HELD"'],
    [{ requiredEvidence: 'EVIDENCE_PUBLISHED' }, 'requiredEvidence', "24h is Istio's default lifetime of a leaf"],
    [{ requiredEvidence: 'EVIDENCE_LOADED', minimumOverlap: '23h' }, 'requiredEvidence', 'minimumOverlap at least 24h'],
    [{ restarts: 'RESTART_SOMETIMES' }, 'restarts', '"RESTART_NEEDED"'],
    [{ workloadRestarts: 'RESTART_SOMETIMES' }, 'workloadRestarts', '"RESTART_NEEDED"'],
    [{ workloadRestarts: 'RESTART_ALWAYS' }, 'workloadRestarts', 'each step would restart every workload'],
    [{ minimumOverlap: '90d1s' }, 'minimumOverlap', '0s to 90d'],
    [{ minimumRootValidity: '365d' }, 'minimumRootValidity', 'less than the lifetime of a root, 365d'],
    [{ minimumRootValidity: '36501d' }, 'minimumRootValidity', '0s to 36500d'],
    [{ approvals: { fourEyes: 'yes' } }, 'approvals.fourEyes', 'expected boolean'],
    [{ approvals: { fourEyes: true }, verification: { none: {} } }, 'approvals.fourEyes', 'nobody approves'],
    [{ approvals: { expireAfter: '59s' } }, 'approvals.expireAfter', '1m to 30d'],
    [{ approvals: { expireAfter: '31d' } }, 'approvals.expireAfter', '1m to 30d'],
    [{ rootKeyRetention: '3651d' }, 'rootKeyRetention', '0s to 3650d'],
  ])('is refused: %j', (asked, path, message) => {
    expect(() => readWith(asked)).toThrow(
      expect.objectContaining({
        code: 'RR_MESH_INVALID',
        message: expect.stringContaining(message),
        place: expect.stringContaining(`(${place}.${path})`),
      }),
    );
  });

  it('is measured by the lifetime that the root is given', () => {
    const asked = { minimumRootValidity: '29d23h' };
    expect(readWith(asked, { ttlDays: 30 }).rotation.minimumRootValidityMs).toBe(30 * dayMs - dayMs / 24);
    expect(() => readWith(asked, { ttlDays: 29 })).toThrow(
      expect.objectContaining({ message: expect.stringContaining('less than the lifetime of a root, 29d') }),
    );
  });

  it('is not measured by the lifetime of a root that somebody else makes', () => {
    const text = minimalMesh(({ spec }) => {
      spec.mtlsConfig.shared = {
        rootCertificateAuthority: { secret: { name: 'root', namespace: 'reroot' } },
        certificateRotation: { minimumRootValidity: '1000d' },
      };
    });
    expect(readMesh(text, 'demo', 'body').rotation.minimumRootValidityMs).toBe(1000 * dayMs);
  });
});
