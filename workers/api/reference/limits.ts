// Every limit that whoever sends something may meet, with the number that this deployment holds to.
import { MAX_PAIRS } from "../../../schema/fields.ts";
import { MAX_IDS, MAX_LABEL_VALUES } from "../../../schema/list.ts";
import {
  ANONYMOUS_FORMS_PER_MINUTE,
  DAY_SECONDS,
  MAX_KEYS,
  MAX_PASSKEYS,
  MAX_SVG_BYTES,
  MAX_TTL_SECONDS,
  MB,
  MEMBER_PACES,
  MIN_TTL_SECONDS,
  plans,
} from "../../../schema/plans.ts";
import { REPORTS_PER_ADDRESS_AND_HOUR, REPORTS_PER_DAY, REPORTS_PER_HOUR } from "../../../schema/reports.ts";
import { maxFurtherExtents, maxItems, maxPieces, maxSubBlocks } from "../../formats/bytes/pieces.ts";
import { svgLimits } from "../../formats/svg/sanitize/limits.ts";
import { MAX_JSON_DEPTH } from "../../shared/json.ts";
import type { Settings } from "../settings.ts";
import { MAX_FIELD_BYTES, MAX_FIELDS_BYTES, MAX_PARTS } from "../upload/multipart.ts";

/** `variable`: what the operator changes it by. */
export interface Limit {
  readonly what: string;
  readonly limit: string;
  readonly variable?: string;
  readonly beyond: string;
}

export interface LimitSection {
  readonly title: string;
  readonly limits: readonly Limit[];
}

export const count = (number: number) => number.toLocaleString("en-US");
export const megabytes = (bytes: number) => `${count(bytes / MB)} MB`;

export function limitsFor(settings: Settings): readonly LimitSection[] {
  return [
    { title: "Files", limits: files },
    { title: "Requests", limits: requests },
    { title: "Time", limits: times(settings) },
    { title: "Rates and budgets", limits: rates(settings) },
    { title: "An account", limits: accounts },
  ];
}

const files: readonly Limit[] = [
  {
    what: "A file with a key",
    limit: megabytes(plans.unlimited.maxFileBytes),
    beyond: "422 `validation_error`",
  },
  { what: "A file without a key", limit: megabytes(plans.anonymous.maxFileBytes), beyond: "422" },
  { what: "An SVG", limit: megabytes(MAX_SVG_BYTES), beyond: "422" },
  {
    what: "Life of an image without a key",
    limit: `${count(plans.anonymous.maxTtlSeconds / DAY_SECONDS)} days at most`,
    beyond: "shortened",
  },
  {
    what: "`ttl`",
    limit: `${count(MIN_TTL_SECONDS)} seconds to ${count(MAX_TTL_SECONDS / DAY_SECONDS)} days`,
    beyond: "422",
  },
  { what: "Segments, chunks, blocks or boxes of a file", limit: count(maxPieces), beyond: "422" },
  {
    what: "Items of a HEIC or AVIF, and pieces that they lie in",
    limit: `${count(maxItems)}, and ${count(maxFurtherExtents)} beyond one each`,
    beyond: "422",
  },
  { what: "Sub-blocks of a GIF", limit: count(maxSubBlocks), beyond: "422" },
  { what: "Elements, texts and comments of an SVG", limit: count(svgLimits.maxNodes), beyond: "422" },
  { what: "Depth of an SVG", limit: `${count(svgLimits.maxDepth)} elements`, beyond: "422" },
  { what: "Attributes of an SVG's element", limit: count(svgLimits.maxAttributes), beyond: "422" },
];

const requests: readonly Limit[] = [
  { what: "Parts of a form", limit: count(MAX_PARTS), beyond: "400 `bad_request`" },
  { what: "A field of a form", limit: `${count(MAX_FIELD_BYTES)} bytes`, beyond: "400" },
  { what: "All fields of a form together", limit: megabytes(MAX_FIELDS_BYTES), beyond: "400" },
  { what: "A body of JSON", limit: "1 MB", beyond: "400" },
  { what: "Depth of JSON", limit: `${count(MAX_JSON_DEPTH)} levels`, beyond: "400" },
  { what: "Caption", limit: "2,000 characters", beyond: "422" },
  { what: "Labels, and metadata", limit: `${count(MAX_PAIRS)} each`, beyond: "422" },
  { what: "A key of labels or metadata", limit: "64 characters", beyond: "422" },
  { what: "A label's value", limit: "128 characters", beyond: "422" },
  { what: "A value of metadata", limit: "2,000 characters", beyond: "422" },
  { what: "File name", limit: "255 characters", beyond: "shortened" },
  { what: "Images in a batch", limit: "100", beyond: "422" },
  { what: "Images of a page of the list", limit: "100", beyond: "422" },
  { what: "`ids` of a list", limit: count(MAX_IDS), beyond: "422" },
  { what: "Values of labels that a list is filtered by", limit: count(MAX_LABEL_VALUES), beyond: "422" },
  { what: "Words to search for (`q`)", limit: "200 characters", beyond: "422" },
  { what: "`Idempotency-Key`", limit: "255 printable characters", beyond: "400" },
];

const seconds = (number: number | null) => `${count(number ?? 0)} s`;

const times = (settings: Settings): readonly Limit[] => [
  {
    what: "An upload's sender says nothing",
    limit: seconds(settings.UPLOAD_IDLE_SECONDS),
    variable: "var `UPLOAD_IDLE_SECONDS`",
    beyond: "400; nothing is kept",
  },
  {
    what: "An upload in all",
    limit: seconds(settings.UPLOAD_TIMEOUT_SECONDS),
    variable: "var `UPLOAD_TIMEOUT_SECONDS`",
    beyond: "400; nothing is kept",
  },
  {
    what: "An upload waits for memory",
    limit: seconds(settings.UPLOAD_WAIT_SECONDS),
    variable: "var `UPLOAD_WAIT_SECONDS`",
    beyond: "503 with `Retry-After`",
  },
  {
    what: "An import, its file included",
    limit: seconds(settings.IMPORT_TIMEOUT_SECONDS),
    variable: "var `IMPORT_TIMEOUT_SECONDS`",
    beyond: "504 `fetch_failed`",
  },
  { what: "Redirects of an import", limit: "5", beyond: "502 `fetch_failed`" },
];

const perHourAndDay = ({ hour, day }: { readonly hour: number; readonly day: number }) =>
  `${count(hour)} an hour, ${count(day)} a day`;

const rates = (settings: Settings): readonly Limit[] => [
  {
    what: "Requests with one key",
    limit: `${count(settings.KEY_REQUESTS_PER_MINUTE)} a minute`,
    variable: "var `KEY_REQUESTS_PER_MINUTE`",
    beyond: "429 `rate_limited`",
  },
  {
    what: "Keys that an account makes on its pages",
    limit: perHourAndDay(MEMBER_PACES.keys),
    beyond: "429",
  },
  {
    what: "Exports of an account",
    limit: perHourAndDay(MEMBER_PACES.exports),
    beyond: "429",
  },
  { what: "Changes of an account's name", limit: perHourAndDay(MEMBER_PACES.names), beyond: "429" },
  {
    what: "Uploads without a key from one address (IPv6: a /64)",
    limit: `${count(settings.ANONYMOUS_UPLOADS_PER_HOUR)} an hour, ${count(settings.ANONYMOUS_UPLOADS_PER_DAY)} a day`,
    variable: "vars",
    beyond: "429",
  },
  {
    what: "The same from one network (IPv4 /24, IPv6 /48)",
    limit: `${count(settings.ANONYMOUS_NETWORK_UPLOADS_PER_HOUR)} and ${megabytes(settings.ANONYMOUS_NETWORK_BYTES_PER_HOUR)} an hour`,
    variable: "vars",
    beyond: "429",
  },
  {
    what: "The same from everywhere",
    limit: `${count(settings.ANONYMOUS_TOTAL_UPLOADS_PER_HOUR)} and ${megabytes(settings.ANONYMOUS_TOTAL_BYTES_PER_HOUR)} an hour`,
    variable: "vars",
    beyond: "429",
  },
  {
    what: "Deletions by token and forms of signing in, from one address (IPv6: a /64)",
    limit: `${count(ANONYMOUS_FORMS_PER_MINUTE)} a minute`,
    beyond: "429",
  },
  {
    what: "Reports of pictures",
    limit: `${count(REPORTS_PER_ADDRESS_AND_HOUR)} an hour from one address, ${count(REPORTS_PER_HOUR)} an hour and ${count(REPORTS_PER_DAY)} a day from everywhere`,
    beyond: "429",
  },
  {
    what: "Images without a key, stored at one time",
    limit: megabytes(settings.ANONYMOUS_STORAGE_BYTES),
    variable: "var",
    beyond: "403 `quota_exceeded`, or the oldest make room",
  },
  {
    what: "Renders for one address",
    limit: "60 s of predicted processor time a minute; cached pictures are free",
    beyond: "429",
  },
  {
    what: "Unusual variants of one image (cuts, effects, odd widths), whoever asks",
    limit: "8 s of predicted processor time a minute; cached pictures and the reference's sample are free",
    variable: "`ODD_RENDERS`",
    beyond: "429",
  },
  {
    what: "Renders of images without a key, and first looks at their uploads, for everybody",
    limit: "1,000 s of predicted processor time an hour, unless the operator chose another",
    variable: "var `ANONYMOUS_CPU_SECONDS_PER_HOUR`",
    beyond: "429; uploads are looked at when the next hour begins",
  },
];

const accounts: readonly Limit[] = [
  { what: "Keys that count", limit: count(MAX_KEYS), beyond: "refused until one is revoked" },
  { what: "Passkeys", limit: count(MAX_PASSKEYS), beyond: "refused until one is removed" },
];
