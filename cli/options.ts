// Reads a command's words; what can't be understood ends with the usage instead of a stack.
import { type ParseArgsConfig, parseArgs } from "node:util";

export function readArguments<Options extends NonNullable<ParseArgsConfig["options"]>>(
  options: Options,
  usage: string,
) {
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (problem) {
    return fail(`${problem instanceof Error ? problem.message : String(problem)}\n\n${usage}`);
  }
}

/** Ends the process with a sentence. */
export function fail(message: string, exitCode = 1): never {
  console.error(message);
  process.exit(exitCode);
}

/** `--at-once`; undefined for what is none. */
export function atOnceIn(text: string, most: number): number | undefined {
  const number = Number(text);
  return Number.isInteger(number) && number >= 1 && number <= most ? number : undefined;
}
