// Why a command can't go on, in words for whoever typed it.

/** `advice` is the way out, a sentence. Everything else that is thrown is a fault of ours and shows its stack. */
export class Stop extends Error {
  readonly advice: string | undefined;

  constructor(message: string, advice?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "Stop";
    this.advice = advice;
  }
}

/** Says what stops it, without a stack, and ends the process. What is no `Stop` is thrown on. */
export function exitBy(problem: unknown, exitCode = 1): never {
  say(problem);
  process.exit(exitCode);
}

function say(problem: unknown): void {
  if (!(problem instanceof Stop)) throw problem;
  console.error(problem.message);
  if (problem.advice) console.error(`-> ${problem.advice}`);
}

/** Runs a command to its end. What stops it is said without a stack, and the process ends with 1. */
export async function orStop(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (problem) {
    say(problem);
    process.exitCode = 1;
  }
}
