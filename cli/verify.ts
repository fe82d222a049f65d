// `npm run verify`: rows against originals, labels and ledgers; with --fix it mends what can be mended.
import { type FaultKind, type Verified, faults as words } from "../schema/backup.ts";
import { operatorAt, orFail } from "./backup/command.ts";
import { nextOf } from "./backup/operator.ts";
import { readArguments } from "./options.ts";
import { shown } from "./refused.ts";

const usage = `Usage:
  ADMIN_TOKEN=… npm run verify [-- --at https://api.example.com] [--fix] [--deep]

Asks the deployment (without --at that of \`npm run dev\`) whether every image has its original, its labels and its place in its account's ledger, and whether ledgers count
nothing that is gone. Images of the last hour are left out.
--fix mends what can be mended; an original that is lost comes from a copy (\`npm run restore\`) alone.
--deep reads every original and compares its SHA-256: it costs a read of everything.

Exit code: 0 all agrees (or was mended), 1 something does not, 2 it could not be asked.`;

const { values } = readArguments(
  {
    at: { type: "string", default: "http://localhost:8787" },
    fix: { type: "boolean", default: false },
    deep: { type: "boolean", default: false },
  },
  usage,
);
const { operator } = operatorAt(values.at);

const counts = new Map<FaultKind, { found: number; fixed: number }>();
let examined = 0;
for (const part of ["images", "ledgers"] as const) {
  for (let cursor: string | null = ""; cursor !== null; ) {
    const answer: Verified = await orFail(
      operator.verify({ part, cursor, fix: values.fix, deep: values.deep }),
    );
    if (part === "images") examined += answer.examined;
    for (const fault of answer.faults) {
      const count = counts.get(fault.kind) ?? { found: 0, fixed: 0 };
      counts.set(fault.kind, { found: count.found + 1, fixed: count.fixed + Number(fault.fixed) });
      console.log(`${shown(fault.id)}  ${words[fault.kind]}${fault.fixed ? ": mended" : ""}`);
    }
    cursor = nextOf(cursor, answer.next_cursor);
  }
}
for (const [kind, { found, fixed }] of counts) console.log(`${found} x ${words[kind]}, ${fixed} mended`);
const left = [...counts.values()].reduce((sum, { found, fixed }) => sum + found - fixed, 0);
console.log(
  `${examined} images examined. ${left === 0 ? "All agrees." : `${left} faults are left.${values.fix ? "" : " --fix mends what can be mended."}`}`,
);
if (examined === 0) console.log("Images of the last hour are left out: there may be some.");
process.exitCode = left === 0 ? 0 : 1;
