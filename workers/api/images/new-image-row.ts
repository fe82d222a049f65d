// What a fresh upload becomes in the images table, before anybody has looked at it.
import type { UploadFields } from "../../../schema/fields.ts";
import type { PlanLimits } from "../../../schema/plans.ts";
import { shownAs } from "../../shared/shown-as.ts";
import type { Account } from "../accounts/account.ts";
import type { Inspected } from "../upload/inspect.ts";
import type { ImageRow } from "./store/index.ts";

interface Draft {
  readonly id: string;
  readonly account: Account;
  readonly limits: PlanLimits;
  readonly inspected: Inspected;
  readonly fields: UploadFields;
  readonly filename: string | undefined;
  readonly deleteTokenHash: string | null;
  readonly now: number;
}

export function newImageRow(draft: Draft): ImageRow {
  const { id, account, limits, inspected, fields, filename, deleteTokenHash, now } = draft;
  const { facts, bytes, sha256 } = inspected;
  const format = shownAs(facts.format);
  const isPublic = account.plan === "anonymous" || fields.public;
  return {
    id,
    accountId: account.id,
    storage: account.storage,
    status: "ready",
    filename: fields.filename || filename || `${id}.${format}`,
    format,
    width: facts.displayedWidth,
    height: facts.displayedHeight,
    bytes,
    sha256,
    transformable: true,
    facts: JSON.stringify(facts),
    public: isPublic,
    publishedAt: isPublic ? now : null,
    expiresAt: expiryOf(fields.ttl, limits.maxTtlSeconds, now),
    createdAt: now,
    caption: fields.caption,
    labels: JSON.stringify(fields.labels),
    metadata: JSON.stringify(fields.metadata),
    nsfw: fields.nsfw,
    hiddenMetadata: fields.hidden_metadata,
    deleteTokenHash,
    thumbhash: null,
    color: null,
    notes: "[]",
    sizes: null,
    master: null,
    lookedBy: null,
    lookDueAt: null,
    lookAttempts: 0,
  };
}

/** The end of an image's life: what was asked for, cut to what the plan allows; null = never. */
export function expiryOf(ttl: number | undefined, maxTtlSeconds: number | null, now: number): number | null {
  const seconds = Math.min(ttl ?? Number.POSITIVE_INFINITY, maxTtlSeconds ?? Number.POSITIVE_INFINITY);
  return Number.isFinite(seconds) ? now + seconds * 1_000 : null;
}
