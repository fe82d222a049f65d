// The page docs/limits.md: every limit that a user or an operator may meet, with the number that the code holds to.
import { MAX_PAIRS } from "../schema/fields.ts";
import {
  ANONYMOUS_FORMS_PER_MINUTE,
  ANONYMOUS_NETWORK_BYTES_PER_HOUR,
  ANONYMOUS_NETWORK_UPLOADS_PER_HOUR,
  ANONYMOUS_TOTAL_BYTES_PER_HOUR,
  ANONYMOUS_TOTAL_UPLOADS_PER_HOUR,
  ANONYMOUS_UPLOADS_PER_DAY,
  ANONYMOUS_UPLOADS_PER_HOUR,
  DAY_SECONDS,
  MAX_SVG_BYTES,
  MAX_TTL_SECONDS,
  MB,
  MIN_TTL_SECONDS,
  plans,
} from "../schema/plans.ts";
import { MAX_OUTPUT_PIXELS, MAX_OUTPUT_SIDE } from "../schema/transform.ts";
import { readSettings } from "../workers/api/settings.ts";
import { MAX_FIELD_BYTES, MAX_FIELDS_BYTES, MAX_PARTS } from "../workers/api/upload/multipart.ts";
import { roomLimits } from "../workers/api/upload/room-limits.ts";
import { maxPieces, maxSubBlocks } from "../workers/formats/bytes/pieces.ts";
import { svgLimits } from "../workers/formats/svg/sanitize/limits.ts";
import { MAX_JSON_DEPTH } from "../workers/shared/json.ts";
import { defaultLimits } from "../workers/src/plan/plan.ts";
import { writers } from "../workers/src/plan/traits.ts";

type Row = readonly [what: string, limit: string, otherwise: string];

const settings = readSettings({});
const code = (name: string) => `\`${name}\``;
const count = (number: number) => number.toLocaleString("en-US");
const megabytes = (bytes: number) => `${count(bytes / MB)} MB`;
const mebibytes = (bytes: number) => `${count(bytes / 1024 / 1024)} MiB`;
const megapixels = (pixels: number) => `${count(pixels / 1_000_000)} MP`;

const files: readonly Row[] = [
  ["A file with a key", megabytes(plans.unlimited.maxFileBytes), "422 `validation_error`"],
  ["A file without a key", megabytes(plans.anonymous.maxFileBytes), "422"],
  ["An SVG", megabytes(MAX_SVG_BYTES), "422"],
  [
    "Life of an image without a key",
    `${count(plans.anonymous.maxTtlSeconds / DAY_SECONDS)} days at most`,
    "shortened",
  ],
  ["`ttl`", `${count(MIN_TTL_SECONDS)} seconds to ${count(MAX_TTL_SECONDS / DAY_SECONDS)} days`, "422"],
  ["Segments, chunks, blocks or boxes of a file", count(maxPieces), "422"],
  ["Sub-blocks of a GIF", count(maxSubBlocks), "422"],
  ["Elements, texts and comments of an SVG", count(svgLimits.maxNodes), "422"],
  ["Depth of an SVG", `${count(svgLimits.maxDepth)} elements`, "422"],
  ["Attributes of an SVG's element", count(svgLimits.maxAttributes), "422"],
];

const requests: readonly Row[] = [
  ["Parts of a form", count(MAX_PARTS), "400 `bad_request`"],
  ["A field of a form", `${count(MAX_FIELD_BYTES)} bytes`, "400"],
  ["All fields of a form together", megabytes(MAX_FIELDS_BYTES), "400"],
  ["A body of JSON", "1 MB", "400"],
  ["Depth of JSON", `${count(MAX_JSON_DEPTH)} levels`, "400"],
  ["Caption", "2,000 characters", "422"],
  ["Labels, and metadata", `${count(MAX_PAIRS)} each`, "422"],
  ["File name", "255 characters", "shortened"],
  ["Images in a batch", "100", "422"],
  ["Images of a page of the list", "100", "422"],
];

const times: readonly Row[] = [
  [
    "An upload's sender says nothing",
    `${count(settings.UPLOAD_IDLE_SECONDS)} s (var ${code("UPLOAD_IDLE_SECONDS")})`,
    "400; nothing is kept",
  ],
  [
    "An upload in all",
    `${count(settings.UPLOAD_TIMEOUT_SECONDS)} s (var ${code("UPLOAD_TIMEOUT_SECONDS")})`,
    "400; nothing is kept",
  ],
  [
    "An upload waits for memory",
    `${count(settings.UPLOAD_WAIT_SECONDS)} s (var ${code("UPLOAD_WAIT_SECONDS")})`,
    "503 with `Retry-After`",
  ],
  [
    "An import, its file included",
    `${count(settings.IMPORT_TIMEOUT_SECONDS ?? 0)} s (var ${code("IMPORT_TIMEOUT_SECONDS")})`,
    "504 `fetch_failed`",
  ],
  ["Redirects of an import", "5", "502 `fetch_failed`"],
];

const rates: readonly Row[] = [
  [
    "Requests with one key",
    `${count(settings.KEY_REQUESTS_PER_MINUTE)} a minute (var ${code("KEY_REQUESTS_PER_MINUTE")})`,
    "429 `rate_limited`",
  ],
  [
    "Uploads without a key from one address (IPv6: a /64)",
    `${count(ANONYMOUS_UPLOADS_PER_HOUR)} an hour, ${count(ANONYMOUS_UPLOADS_PER_DAY)} a day (vars)`,
    "429",
  ],
  [
    "The same from one network (IPv4 /24, IPv6 /48)",
    `${count(ANONYMOUS_NETWORK_UPLOADS_PER_HOUR)} and ${megabytes(ANONYMOUS_NETWORK_BYTES_PER_HOUR)} an hour (vars)`,
    "429",
  ],
  [
    "The same from everywhere",
    `${count(ANONYMOUS_TOTAL_UPLOADS_PER_HOUR)} and ${megabytes(ANONYMOUS_TOTAL_BYTES_PER_HOUR)} an hour (vars)`,
    "429",
  ],
  [
    "Deletions by token and forms of signing in, from one address (IPv6: a /64)",
    `${count(ANONYMOUS_FORMS_PER_MINUTE)} a minute`,
    "429",
  ],
  [
    "Images without a key, stored at one time",
    `${megabytes(plans.anonymous.storageBytes)} (var)`,
    "403 `quota_exceeded`, or the oldest make room",
  ],
  ["Renders for one address", "60 s of predicted processor time a minute; cached pictures are free", "429"],
  [
    "Renders of images without a key, and first looks at their uploads, for everybody",
    "1,000 s of predicted processor time an hour (var `ANONYMOUS_CPU_SECONDS_PER_HOUR`)",
    "429; uploads are looked at when the next hour begins",
  ],
];

const rendering: readonly Row[] = [
  [
    "An original that is rendered",
    megapixels(defaultLimits.maxOriginalPixels),
    "its plain URL still works, parameters do nothing, and its `notes` say why",
  ],
  ["A side of the answer", `${count(MAX_OUTPUT_SIDE)} px`, "smaller"],
  ["Pixels of the answer", megapixels(MAX_OUTPUT_PIXELS), "smaller"],
  ["Pixels of an AVIF answer", megapixels(writers.avif.maxPixels), "WebP"],
  [
    "Frames of an animation",
    `${count(defaultLimits.animation.maxFrames)}, and ${count(defaultLimits.animation.maxMegapixels)} MP in all`,
    "the first frame",
  ],
  ["Memory of one render", mebibytes(defaultLimits.memoryBytes), "smaller, or 422"],
  [
    "Memory of all renders, streams and idle codecs of an isolate",
    mebibytes(defaultLimits.isolateBytes),
    "they wait; then 503 with `Retry-After`",
  ],
  [
    "Memory of all uploads of an isolate",
    megabytes(roomLimits.smallBytes + roomLimits.largeBytes),
    "they wait; then 503",
  ],
  [
    "Processor time of one render, as predicted",
    `${count(defaultLimits.cpuMilliseconds / 1_000)} s`,
    "smaller, as a still picture, or 422",
  ],
];

const sections: readonly (readonly [title: string, rows: readonly Row[]])[] = [
  ["Files", files],
  ["Requests", requests],
  ["Time", times],
  ["Rates and budgets", rates],
  ["Rendering", rendering],
];

const head = `<!-- Generated by \`npm run docs:limits\` from the constants themselves; don't edit above the attack. -->
# Limits

What you can send, how much of it, and what happens beyond. MB and GB are decimal; times and rates marked "var" can be changed by the
operator. Monthly uploads and storage are the plan's: see \`GET /v1/usage\`.`;

/** Here begins what is written by hand, and measured. */
export const ATTACK_TITLE = "## How it is held";

/** The page up to the attack, whose table is measured and not made. */
export function limitsPage(): string {
  return [head, ...sections.map(([title, rows]) => `## ${title}\n\n${table(rows)}`)].join("\n\n");
}

function table(rows: readonly Row[]): string {
  const lines = rows.map((row) => `| ${row.join(" | ")} |`);
  return ["| what | limit | beyond it |", "| --- | --- | --- |", ...lines].join("\n");
}
