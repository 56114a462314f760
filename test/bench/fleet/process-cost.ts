import { readFileSync, writeFileSync } from 'node:fs';

/** Ticks of the kernel's clock for processes: 100 a second on every Linux that Node runs on (`getconf CLK_TCK`). */
const ticksPerSecond = 100;

/** Time of the processor that a process has had so far, its own and that of the kernel for it, in seconds. */
export function cpuSecondsOf(pid: number): number {
  return readCpuSeconds(`/proc/${pid}/stat`);
}

function readCpuSeconds(file: string): number {
  const stat = readFileSync(file, 'utf8');
  // The name in parentheses may hold spaces; proc_pid_stat(5) counts from 1, and the third field comes after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** The same of its main thread alone, without thread pool and collection of garbage beside it. */
export function mainThreadSecondsOf(pid: number): number {
  return readCpuSeconds(`/proc/${pid}/task/${pid}/stat`);
}

/** Resident memory of a process now, and the most since `forgetPeak`, in MB of 1,000,000 bytes. */
export function memoryOf(pid: number): { readonly nowMb: number; readonly peakMb: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return { nowMb: megabytes(status, 'VmRSS'), peakMb: megabytes(status, 'VmHWM') };
}

function megabytes(status: string, key: string): number {
  const kib = new RegExp(`^${key}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  return (Number(kib) * 1_024) / 1e6;
}

/** Lets the peak begin anew, from what is resident now (`proc_pid_clear_refs(5)`). */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}
