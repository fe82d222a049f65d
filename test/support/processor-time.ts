// How long this thread has worked: what a busy machine makes of the clock is no test's business.

/** Starts to count; the answer tells the milliseconds of processor time since. */
export function countProcessorTime(): () => number {
  const before = process.threadCpuUsage();
  return () => {
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1_000;
  };
}
