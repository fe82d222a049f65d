// Plants one fault, runs the tests that should find it, and always takes it out again.

import { readFileSync, writeFileSync } from "node:fs";
import { type Fault, planted } from "./faults.ts";
import type { Room } from "./rooms.ts";
import { type Ending, runTests } from "./warm-tests.ts";

export async function tryFault(fault: Fault, room: Room, seconds: number): Promise<Ending> {
  const source = readFileSync(fault.file, "utf8");
  const restore = () => writeFileSync(fault.file, source);
  process.once("exit", restore);
  try {
    writeFileSync(fault.file, planted(source, fault));
    const nearest = (room.nearest ?? []).flatMap(([files, stage]) => (files.test(fault.file) ? [stage] : []));
    const stages = [...nearest, ...room.stages].filter(({ files }) => files?.test(fault.file) ?? true);
    for (const stage of stages) {
      const ending = await runTests(stage, seconds, fault.file);
      if (ending.ending !== "survived") return ending;
    }
    return { ending: "survived" };
  } finally {
    restore();
    process.off("exit", restore);
  }
}
