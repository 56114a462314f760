import { protocolVersion } from '@reroot/shared/protocol';
import type { KnownAlarm } from './alarm.ts';
import type { Snapshot } from './evidence.ts';
import type { LinkTiming } from './link.ts';

/** A clock that is off by more needs an eye: certificates and tokens go by clocks. */
const clockOffMs = 60_000;

/** Each version of the protocol understands the one before and the one after. */
const versionsApart = 1;

/**
 * What is wrong with the link to a cluster.
 * @param backdateMs how far certificates reach back: a clock that is further behind takes none that is new
 */
export function linkAlarms(cluster: string, { links }: Pick<Snapshot, 'links'>, backdateMs: number): readonly KnownAlarm[] {
  const { access, answer } = links.get(cluster) ?? {};
  if (answer === undefined || access?.kind !== 'granted') return [];
  return [...clockAlarms(cluster, answer.timing, backdateMs), ...versionAlarms(cluster, answer.state.protocol)];
}

function clockAlarms(cluster: string, { roundTripMs, clockOffsetMs }: LinkTiming, backdateMs: number): readonly KnownAlarm[] {
  // A slow way there or back shifts what is measured by half the round trip at the most (RFC 5905 §8): so much is certain.
  const certainMs = Math.abs(clockOffsetMs) - roundTripMs / 2;
  if (certainMs <= clockOffMs) return [];
  const way = clockOffsetMs < 0 ? 'behind' : 'ahead of';
  const off = `the clock of ${cluster} is ${Math.round(Math.abs(clockOffsetMs) / 1_000)} s ${way} that of mgmt`;
  if (certainMs <= backdateMs) return [{ severity: 'warning', reason: 'ClockOff', message: off, cluster }];
  const harm = clockOffsetMs < 0 ? 'new certificates are not valid there yet' : 'certificates expire early there';
  return [{ severity: 'critical', reason: 'ClockOff', message: `${off}: ${harm}`, cluster }];
}

function versionAlarms(cluster: string, protocol: number): readonly KnownAlarm[] {
  if (Math.abs(protocol - protocolVersion) <= versionsApart) return [];
  const message = `the agent of ${cluster} speaks version ${protocol} of the protocol, and mgmt ${protocolVersion}: update the older one`;
  return [{ severity: 'warning', reason: 'VersionSkew', message, cluster }];
}
