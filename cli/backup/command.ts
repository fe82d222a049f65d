// What export, restore and verify have in common: the deployment's address, and the operator's token.
import { fail } from "../options.ts";
import { exitBy } from "../stop.ts";
import { Operator } from "./operator.ts";

export function operatorAt(address: string): { readonly origin: string; readonly operator: Operator } {
  if (!URL.canParse(address)) fail("Name the address of the API: https://api.example.com", 2);
  const { origin } = new URL(address);
  const token = process.env.ADMIN_TOKEN;
  if (!token) return fail("Set ADMIN_TOKEN to the operator's token: ADMIN_TOKEN=… npm run …", 2);
  return { origin, operator: new Operator(origin, token) };
}

/** Ends the process with a sentence where the deployment refuses. */
export const orFail = <T>(work: Promise<T>): Promise<T> =>
  work.catch((problem: unknown) => exitBy(problem, 2));
