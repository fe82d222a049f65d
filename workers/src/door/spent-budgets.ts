// What this isolate was told within the last second: which budgets are spent. What they would refuse is refused unread then, for the price of
// reading its address. The attack: ten thousand made-up variants a minute, each refused, and each after a call of the database.
//
// It is believed for no longer than a purge takes to be felt: that a picture was there is told for as long as by any cache, and never shown.

import { printTransform } from "../../../schema/transform.ts";
import { ApiError } from "../../shared/api-error.ts";
import { type ImageUrl, parseImageUrl } from "../../shared/image-url.ts";
import { isOnLadder } from "../plan/ladder.ts";
import { budgetOfImage, budgetOfNetwork, isOwn, SPENT_HEADER } from "./budgets.ts";

const BELIEVED_MS = 1_000;
const MOST_BUDGETS = 1_000;
const MOST_NAMES = 2_000;

/** A view of a variant that strangers can mint without end, for one of them. */
export interface OddView {
  readonly image: ImageUrl;
  readonly address: string;
}

/** Undefined for what no budget of an image ever refuses. */
export function oddViewOf({ VARIANTS }: Pick<SrcEnv, "VARIANTS">, request: Request): OddView | undefined {
  const address = request.headers.get("CF-Connecting-IP") ?? "";
  if (isOwn(address) || String(VARIANTS) === "any" || !URL.canParse(request.url)) return undefined;
  const image = parseImageUrl(new URL(request.url));
  return image && !isOnLadder(image.transform) ? { image, address } : undefined;
}

export class SpentBudgets {
  /** Until when (Unix milliseconds) they are held for spent, and what is then told; the oldest first. */
  readonly #spent = new Map<string, { readonly until: number; readonly seconds: number }>();
  /** Variants that have been answered: some cache may have them, and then they cost no budget. The oldest first. */
  readonly #answered = new Set<string>();

  /** Throws `rate_limited` where the view's image or its network has spent what it had, unless the variant has been answered before. */
  refuse({ image, address }: OddView, now: number): void {
    if (this.#spent.size === 0) return;
    for (const budget of [budgetOfImage(image), budgetOfNetwork(address)]) {
      const spent = this.#spent.get(budget);
      if (!spent) continue;
      if (spent.until <= now) this.#spent.delete(budget);
      else if (!this.#answered.has(nameOf(image)))
        throw new ApiError("rate_limited", { action: { type: "wait", retry_after: spent.seconds } });
    }
  }

  /** Learns from the answer to a view, and takes off it what nobody else is to read. */
  learn(view: OddView | undefined, answer: Response, now: number): void {
    if (view && (answer.ok || answer.status === 304)) {
      this.#answered.add(nameOf(view.image));
      shorten(this.#answered, MOST_NAMES);
    }
    const budget = answer.headers.get(SPENT_HEADER);
    if (budget === null) return;
    answer.headers.delete(SPENT_HEADER);
    const seconds = Number(answer.headers.get("Retry-After"));
    this.#spent.delete(budget);
    this.#spent.set(budget, { until: now + BELIEVED_MS, seconds });
    shorten(this.#spent, MOST_BUDGETS);
  }

  /** Of images that have been deleted or changed: what is told of them from now on, their rows decide. */
  forget(ids: readonly string[]): void {
    const forgotten = new Set(ids);
    for (const budget of this.#spent.keys())
      if (forgotten.has(budget.slice(budget.indexOf("/") + 1))) this.#spent.delete(budget);
  }
}

/** The variant, however it is spelled. */
const nameOf = ({ storage, id, extension, transform }: ImageUrl) =>
  `${storage}/${id}.${extension}?${printTransform(transform)}`;

function shorten(kept: Map<string, unknown> | Set<string>, most: number): void {
  for (const oldest of kept.keys()) {
    if (kept.size <= most) return;
    kept.delete(oldest);
  }
}
