// Before the end-to-end tests: the product is started, and ended after them.
import type { TestProject } from "vitest/node";
import type { SignedIn } from "../harness/product/members.ts";
import { startProduct } from "../harness/product/start.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where both Workers answer, without a slash at the end. */
    origin: string;
    /** An API key with both abilities. */
    key: string;
    /** Two more of the same account: each has a rate of its own. */
    moreKeys: readonly string[];
    /** What the session cookie of an operator's browser holds. */
    operator: string;
    /** Each with an account of its own: one for each test file. */
    members: readonly SignedIn[];
  }
}

export default async function startWorkers(project: TestProject) {
  const { origin, keys, operator, members, close } = await startProduct();
  const [key, ...moreKeys] = keys;
  project.provide("origin", origin);
  project.provide("members", members);
  project.provide("key", key);
  project.provide("moreKeys", moreKeys);
  project.provide("operator", operator);
  return close;
}
