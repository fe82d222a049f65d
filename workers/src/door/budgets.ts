// How much rendering one address, and all anonymous images together, may cause: counted by what each render is predicted to take.
import { ANONYMOUS_STORAGE } from "../../../schema/ids.ts";
import { SAMPLE } from "../../../schema/sample.ts";
import { ApiError } from "../../shared/api-error.ts";
import type { LookQuestion } from "../../shared/looked.ts";
import { networkOf } from "../../shared/network.ts";
import { type AnonymousBudgetEnv, spendAnonymous } from "./anonymous-budget.ts";
import type { Original } from "./original.ts";

/** The binding counts calls and knows no weights: each call stands for so much processor time. The dearest plan is some twenty of them. */
const UNIT_MS = 200;

/** Our own calls and a developer's own machine mint nothing. */
export const isOwn = (address: string) => address === "" || address === "::1" || address.startsWith("127.");

/** The binding counts by the minute, so a minute is always long enough. */
const RETRY_AFTER_SECONDS = 60;

type ImageNames = Pick<Original, "storage" | "id">;

export interface Spending {
  /** Who asks; our own calls have no address and are not counted. */
  readonly address: string;
  readonly image: ImageNames;
  /** Predicted milliseconds of processor time. */
  readonly cpuMs: number;
}

type Budgets = Pick<SrcEnv, "RENDERS"> & AnonymousBudgetEnv;

/** Counts one render; refuses with `rate_limited` where that is too much. */
export async function spendRender(env: Budgets, { address, image, cpuMs }: Spending): Promise<void> {
  if (address === "") return;
  const key = networkOf(address);
  const units = Array.from({ length: Math.max(1, Math.ceil(cpuMs / UNIT_MS)) });
  const outcomes = await Promise.all(units.map(() => env.RENDERS.limit({ key })));
  if (!outcomes.every(({ success }) => success))
    throw overBudget(budgetOfNetwork(address), RETRY_AFTER_SECONDS);
  // The sample is nobody's, and anybody may ask for it.
  if (image.storage !== ANONYMOUS_STORAGE && image.storage !== SAMPLE.storage) return;
  const waitSeconds = await spendAnonymous(env, cpuMs, Date.now());
  if (waitSeconds !== undefined) throw overBudget(budgetOfImage(image), waitSeconds);
}

/**
 * Counts the first look at an original; gives the seconds to wait where strangers have had their share of the hour. The attack: files that take
 * seconds to look at and are refused then, so that they count in no other budget, from as many addresses as there are.
 */
export async function spendLook(
  env: AnonymousBudgetEnv,
  { storage, isOperators }: Pick<LookQuestion, "storage" | "isOperators">,
  cpuMs: number,
): Promise<number | undefined> {
  if (storage !== ANONYMOUS_STORAGE || isOperators) return undefined;
  return spendAnonymous(env, cpuMs, Date.now());
}

/**
 * Counts a render of a variant that strangers can mint without end, for its image; refuses with `rate_limited` where the image has had its share of
 * the minute. From many addresses each keeps below its own budget, and the owner pays for all.
 */
export async function spendOddRender(
  env: Pick<SrcEnv, "ODD_RENDERS" | "VARIANTS">,
  { address, image, cpuMs }: Spending,
): Promise<void> {
  // The reference shows each parameter on the sample, more than an image's share of a minute: strangers' processor time bounds what that may cost.
  if (isOwn(address) || String(env.VARIANTS) === "any" || image.storage === SAMPLE.storage) return;
  const units = Array.from({ length: Math.max(1, Math.ceil(cpuMs / UNIT_MS)) });
  const outcomes = await Promise.all(units.map(() => env.ODD_RENDERS.limit({ key: image.id })));
  if (!outcomes.every(({ success }) => success)) throw overBudget(budgetOfImage(image), RETRY_AFTER_SECONDS);
}

/** On a refusal: the name of the budget that is spent. It never leaves the Worker. */
export const SPENT_HEADER = "X-Spent-Budget";

/** Of the whole address: under another storage token there is no such image, whatever is spent. */
export const budgetOfImage = ({ storage, id }: ImageNames) => `image ${storage}/${id}`;
export const budgetOfNetwork = (address: string) => `network ${networkOf(address)}`;

function overBudget(budget: string, seconds: number): ApiError {
  return new ApiError("rate_limited", {
    action: { type: "wait", retry_after: seconds },
    headers: { [SPENT_HEADER]: budget },
  });
}
