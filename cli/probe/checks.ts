// What a probe looks at, in this order: the deletion is last.
import { cold, hit } from "./checks/caching.ts";
import { gone } from "./checks/deletion.ts";
import { head, notModified, part } from "./checks/letter.ts";
import { lifetime, notFound } from "./checks/lifetime.ts";
import { openness } from "./checks/openness.ts";
import { readiness } from "./checks/readiness.ts";
import { negotiation, spellings } from "./checks/variants.ts";
import type { Finding } from "./finding.ts";
import type { Visit } from "./visit.ts";

interface Check {
  readonly name: string;
  readonly look: (visit: Visit) => Promise<readonly Finding[]>;
}

export const checks: readonly Check[] = [
  { name: "what it stands on", look: readiness },
  { name: "a cold view", look: cold },
  { name: "a cached view", look: hit },
  { name: "304 on a cached view", look: notModified },
  { name: "Range on a cached view", look: part },
  { name: "HEAD", look: head },
  { name: "format=auto", look: negotiation },
  { name: "two spellings", look: spellings },
  { name: "how long browsers keep a picture", look: lifetime },
  { name: "how long browsers keep a 404", look: notFound },
  { name: "use by other sites", look: openness },
  { name: "a deletion", look: gone },
];
