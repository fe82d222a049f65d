// The limits that the reference tells are those that are held: so many are taken, and not one more.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  captionSchema,
  filenameSchema,
  labelsSchema,
  labelValueSchema,
  metadataSchema,
  metadataValueSchema,
  pairKeySchema,
} from "../../../schema/fields.ts";
import { batchIdsSchema, labelFiltersSchema, listQuerySchema } from "../../../schema/list.ts";
import { parseIdempotencyKey } from "../../../workers/api/http/idempotency-key.ts";
import { limitsFor } from "../../../workers/api/reference/limits.ts";
import { readSettings } from "../../../workers/api/settings.ts";

const told = new Map(
  limitsFor(readSettings({})).flatMap(({ limits }) =>
    limits.map(({ what, limit }) => [what, limit] as const),
  ),
);
const numberIn = (text = "") => Number(text.replaceAll(",", "").match(/[\d.]+/)?.[0]);

type Schema = { safeParse(value: unknown): { success: boolean } };
const by = (schema: Schema) => (value: unknown) => schema.safeParse(value).success;
const letters = (length: number) => "x".repeat(length);
const entries = (length: number) => Array.from({ length }, (_, at) => `k${at}`);
const pairs = (length: number) => Object.fromEntries(entries(length).map((key) => [key, "v"]));
const takesKey = (key: unknown) => {
  try {
    return parseIdempotencyKey(String(key)) === key;
  } catch {
    return false;
  }
};

test.each<[what: string, takes: (value: unknown) => boolean, make: (count: number) => unknown]>([
  ["Caption", by(captionSchema), letters],
  ["Labels, and metadata", by(labelsSchema), pairs],
  ["Labels, and metadata", by(metadataSchema), pairs],
  ["A key of labels or metadata", by(pairKeySchema), letters],
  ["A label's value", by(labelValueSchema), letters],
  ["A value of metadata", by(metadataValueSchema), letters],
  ["File name", (name) => filenameSchema.parse(name) === name, letters],
  ["Images in a batch", by(batchIdsSchema), entries],
  ["Images of a page of the list", (limit) => listQuerySchema.safeParse({ limit }).success, String],
  ["`ids` of a list", (ids) => listQuerySchema.safeParse({ ids }).success, (count) => entries(count).join()],
  [
    "Values of labels that a list is filtered by",
    by(labelFiltersSchema),
    (count) => [{ key: "trip", values: entries(count) }],
  ],
  ["Words to search for (`q`)", (q) => listQuerySchema.safeParse({ q }).success, letters],
  ["`Idempotency-Key`", takesKey, letters],
])("%s", (what, takes, make) => {
  const limit = numberIn(told.get(what));
  expect(limit).toBeGreaterThan(0);
  expect([takes(make(limit)), takes(make(limit + 1))]).toEqual([true, false]);
});

/** The src Worker's own settings: units of 200 ms (door/budgets.ts), and seconds. */
const settings = readFileSync("workers/src/wrangler.toml", "utf8");
const ofSettings = (pattern: RegExp) => Number(pattern.exec(settings)?.[1]);

test("the budgets of rendering are those of workers/src/wrangler.toml", () => {
  const unitSeconds = 0.2;
  expect(numberIn(told.get("Renders for one address"))).toBeCloseTo(
    unitSeconds * ofSettings(/"RENDERS"[^[]*?limit = (\d+), period = 60/),
  );
  expect(
    numberIn(told.get("Unusual variants of one image (cuts, effects, odd widths), whoever asks")),
  ).toBeCloseTo(unitSeconds * ofSettings(/"ODD_RENDERS"[^[]*?limit = (\d+), period = 60/));
  const everybody = "Renders of images without a key, and first looks at their uploads, for everybody";
  expect(numberIn(told.get(everybody))).toBe(ofSettings(/ANONYMOUS_CPU_SECONDS_PER_HOUR = "(\d+)"/));
});
