// Writes the API's section of docs/benchmarks.md.
import { cpus, loadavg } from "node:os";
import { writeSection } from "../section.ts";

interface Result {
  readonly costs: string;
  readonly loads: string;
  readonly connections: number;
  readonly fileBytes: number;
  /** The largest scale, and what it takes in D1. */
  readonly images: number;
  readonly databaseBytes: number;
}

export async function writeApiSection(result: Result): Promise<void> {
  const { costs, loads, connections, fileBytes, images, databaseBytes } = result;
  const [processor] = cpus();
  await writeSection(
    "api",
    `## The API

Written by \`npm run bench:api -- --write\`. Both Workers run on one machine in workerd, with D1, R2 and Durable Objects as
wrangler emulates them, and are called over HTTP from the same machine. The emulated database sits on a disk of its own without
a network between, so rows are what carries over to a deployment; times only compare with each other.

${new Date().toISOString().slice(0, 10)}, ${processor?.model.trim() ?? "unknown processor"} (${cpus().length} cores), Node ${process.versions.node}.

### Rows of D1 and time for one call, by how many images there are

1,000 accounts; the one that calls owns three of four images, each with two labels. Every figure includes looking up the key.
Rows are as D1 bills them; an index entry that is written counts as a row. Time is the median over HTTP, one call at a time.
Page 10,000 has 499,950 images before it; at the smaller scales it is the page behind two thirds of the images.

${costs}

${images.toLocaleString("en")} images, their labels and indexes take ${(databaseBytes / 1e6).toFixed(0)} MB: ${(databaseBytes / images).toFixed(0)} bytes an image.

### Calls a second

At the largest scale, ${connections} calls at a time; the uploaded JPEG has ${fileBytes.toLocaleString("en")} bytes, and its placeholder is in the
answer where it takes less than 1.5 s. "Processor" is what all of workerd spent on a request: both Workers, the emulated D1, R2 and Durable Objects, and
wrangler's proxy before them. It carries over best between machines; on this one ${loadavg()[0]?.toFixed(1)} processes wanted a processor at the time.

${loads}
`,
  );
}
