// Every bound that callers and operators are promised, from both sides: what is just allowed and what is just too much.
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { moderationSchema, reexamineSchema } from "../../../schema/admin.ts";
import { errorKinds, errorNames, wireCode } from "../../../schema/errors.ts";
import {
  captionSchema,
  changesSchema,
  labelValueSchema,
  uploadFieldsSchema,
} from "../../../schema/fields.ts";
import { metadataKept } from "../../../schema/hidden-metadata.ts";
import {
  imageIdSchema,
  newImageId,
  RESERVED_SLUGS,
  randomToken,
  storageSchema,
} from "../../../schema/ids.ts";
import { batchIdsSchema, labelFiltersSchema, listQuerySchema } from "../../../schema/list.ts";
import { assertionSchema, registrationSchema } from "../../../schema/passkeys.ts";
import * as plans from "../../../schema/plans.ts";
import { reportFormSchema } from "../../../schema/reports.ts";
import { parseTransform, printTransform } from "../../../schema/transform.ts";

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success;
const pairs = (count: number, value: unknown = "v") =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, value]));

describe("a parameter of an image URL takes its bounds and nothing beyond them", () => {
  const bounds: readonly (readonly [name: string, inside: readonly string[], outside: readonly string[]])[] =
    [
      ["w", ["1", "12000"], ["0", "12001", "-1", "1.5", "100000", ""]],
      ["h", ["1", "12000"], ["0", "12001"]],
      ["dpr", ["1", "4", "1.25"], ["0.9", "4.1", "1.00001", "."]],
      ["quality", ["1", "100"], ["0", "101"]],
      ["brightness", ["0", "10", ".5"], ["10.1", "-1"]],
      ["contrast", ["0", "10"], ["10.1"]],
      ["gamma", ["0", "10"], ["10.1"]],
      ["saturation", ["0", "10"], ["10.1"]],
      ["sharp", ["0", "10"], ["10.1"]],
      ["auto", ["enhance", "format,enhance"], ["format", "enhanced", ""]],
      ["exposure", ["-4", "4", "0", "-.5"], ["-4.1", "4.1", "--1", "-"]],
      ["temp", ["-100", "100"], ["-101", "101"]],
      ["grain", ["0", "100"], ["-1", "101"]],
      ["hue", ["-360", "360"], ["-361", "361"]],
      [
        "curve",
        ["0,0;255,255", "255,0;0,255"],
        ["0,0", "0,0;0,1", "0,0;256,1", "0,0;1", Array.from({ length: 17 }, (_, at) => `${at},0`).join(";")],
      ],
      ["grade", ["navy,gold", "000,fff0"], ["navy", "navy,nocolour", "navy,gold,red"]],
      ["oil", ["0", "100"], ["-1", "101"]],
      ["filter", ["vintage", "lofi"], ["", "instagram"]],
      ["pixelate", ["0", "1000"], ["1001", "2.5"]],
      ["halftone", ["0", "100"], ["101"]],
      ["dither", ["2", "16"], ["1", "17"]],
      ["duotone", ["navy,gold", "000,fff0"], ["navy", "navy,gold,red"]],
      ["monochrome", ["navy", "0f08"], ["navy,gold"]],
      ["invert", ["true", "1"], ["false", "2"]],
      ["border", ["0", "500", "8,white", "8,0f08"], ["501", "8,", "8,white,8", "-1"]],
      ["radius", ["0", "6000", "max"], ["6001", "-1", "min"]],
      ["look", ["0", "1", ".5"], ["1.1", "-1"]],
      ["blur", ["1", "250"], ["0.9", "251"]],
      ["trim", ["0", "100", "true"], ["101", "false"]],
      ["gravity", ["auto", "top", "0x1", "1x0", ".5x.25"], ["1.1x0", "0x1.1", "2x0", "middle", "0.5"]],
      ["download", ["1", "a".repeat(255)], ["a".repeat(256)]],
      ["rotate", ["90", "180", "270"], ["0", "45"]],
      ["flip", ["h", "v", "hv", "vh"], ["x"]],
      ["lossless", ["true", "1"], ["false", "0"]],
      ["anim", ["true", "1", "false", "0"], ["no"]],
      ["background", ["#fff", "ffff", "ffffff", "ffffffff", "teal"], ["ff", "fffff", "fffffff", "nocolour"]],
    ];
  test.each(bounds)("%s", (name, inside, outside) => {
    const takes = (text: string) =>
      parseTransform(new URLSearchParams({ [name]: text })) !== undefined &&
      Object.values(parseTransform(new URLSearchParams({ [name]: text }))).some(
        (value) => value !== undefined,
      );
    expect(inside.filter((text) => !takes(text))).toEqual([]);
    expect(outside.filter(takes)).toEqual([]);
  });

  test.each([
    ["width=7", { w: 7 }],
    ["height=7", { h: 7 }],
    ["w=x&width=7&width=8", { w: 7 }],
    ["w= 7 ", { w: 7 }],
    ["g=bottom-right", { gravity: { x: 1, y: 1 } }],
    ["g=top", { gravity: { x: 0.5, y: 0 } }],
    ["rotate=90", { rotate: 90 }],
    ["rotate=180", { rotate: 180 }],
    ["rotate=270", { rotate: 270 }],
    ["trim=true", { trim: 10 }],
    ["lossless=1", { lossless: true }],
    ["anim=0", { anim: false }],
    ["anim=1", { anim: true }],
    ["bg=f80", { background: "ff8800ff" }],
    ["bg=transparent", { background: "00000000" }],
    ["f=jpeg", { format: "jpg" }],
    ["flip=vh", { flip: "hv" }],
    ["exposure=-1.5", { exposure: -1.5 }],
    ["vib=30&high=-20&shad=10", { vibrance: 30, highlights: -20, shadows: 10 }],
    ["curve=255,255;0,10", { curve: "0,10;255,255" }],
    ["px=9&htn=4&mono=red&negate=1", { pixelate: 9, halftone: 4, monochrome: "ff0000ff", invert: true }],
    ["border=08,navy&corner-radius=max", { border: "8,000080ff", radius: "max" }],
    ["border=8", { border: "8,000000ff" }],
    ["duotone=navy,ff08&blackwhite=40", { duotone: "000080ff,ffff0088", threshold: 40 }],
    ["grade=navy,ff08", { grade: "000080ff,ffff0088" }],
  ])("%s", (query, expected) => {
    const transform = JSON.parse(JSON.stringify(parseTransform(new URLSearchParams(query))));
    expect(transform).toEqual(expected);
    expect(parseTransform(printTransform(transform))).toMatchObject(expected);
  });
});

describe("a field of an upload takes its bounds and nothing beyond them", () => {
  const fields: readonly (readonly [
    name: string,
    inside: readonly unknown[],
    outside: readonly unknown[],
  ])[] = [
    ["caption", ["", "a".repeat(2_000), null], ["a".repeat(2_001), 7]],
    [
      "ttl",
      [300, 7_776_000, "5m", "300s", "90d", "2160h", "86400.0"],
      [299, 7_776_001, "4m", "91d", "1w", ""],
    ],
    [
      "labels",
      [{}, pairs(50), { k: "v".repeat(128) }],
      [pairs(51), { k: "v".repeat(129) }, { k: "" }, { k: "a,b" }, { k: " a" }, []],
    ],
    [
      "labels",
      [{ ["k".repeat(64)]: "v" }],
      [{ ["k".repeat(65)]: "v" }, { "": "v" }, { "a b": "v" }, JSON.parse('{"__proto__":"v"}')],
    ],
    ["metadata", [pairs(50), { k: "" }, { k: "v".repeat(2_000) }], [pairs(51), { k: "v".repeat(2_001) }]],
    ["public", [true, "on", "YES", 1, "off", 0], ["maybe", 2, null]],
    ["hidden_metadata", ["strip", "copyright", "keep", "keep_with_location"], ["all"]],
  ];
  test.each(fields)("%s", (name, inside, outside) => {
    const takes = (value: unknown) => accepts(uploadFieldsSchema, { [name]: value });
    expect(inside.filter((value) => !takes(value))).toEqual([]);
    expect(outside.filter(takes)).toEqual([]);
  });

  test("and has its default", () => {
    expect(uploadFieldsSchema.parse({})).toEqual({
      caption: null,
      public: true,
      nsfw: false,
      labels: {},
      metadata: {},
      hidden_metadata: "strip",
    });
  });

  test.each([
    ["five minutes", 300, "5m"],
    ["an hour", 3_600, "1h"],
    ["a day", 86_400, " 1D "],
    ["seconds", 400, "400"],
  ])("a life of %s", (_, seconds, text) => {
    expect(uploadFieldsSchema.parse({ ttl: text }).ttl).toBe(seconds);
  });

  test("a file name is the last part of a path, without what can't be shown", () => {
    const named = (filename: string) => uploadFieldsSchema.parse({ filename }).filename;
    expect(named("/a/b\\c\u0007.png ")).toBe("c.png");
    expect(named("C:\\a/b.png")).toBe("b.png");
    expect(named("a".repeat(300))).toHaveLength(255);
    expect(named(`${"a".repeat(254)}😀`)).toBe("a".repeat(254));
  });

  test("a change may remove all pairs and add as many", () => {
    expect(accepts(changesSchema, { labels: pairs(100, null), metadata: pairs(100, null) })).toBe(true);
    expect(accepts(changesSchema, { labels: pairs(101, null) })).toBe(false);
    expect(accepts(changesSchema, { filename: "" })).toBe(false);
    expect(accepts(changesSchema, { filename: "a" })).toBe(true);
    expect(accepts(changesSchema, { expires_at: "2026-05-01T09:30:00+02:00" })).toBe(true);
    expect(accepts(changesSchema, { unknown: 1 })).toBe(false);
    expect(accepts(moderationSchema, { status: "gone" })).toBe(false);
  });
});

describe("a list takes its bounds and nothing beyond them", () => {
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `id${index}`);
  const filter = (values: number) => ({ key: "k", values: ids(values) });

  test("of a query", () => {
    expect(listQuerySchema.parse({ limit: " ", q: "", public: "" })).toEqual({ limit: 50, order: "desc" });
    expect(["1", "100"].filter((limit) => !accepts(listQuerySchema, { limit }))).toEqual([]);
    expect(["0", "101", "1.5", "x"].filter((limit) => accepts(listQuerySchema, { limit }))).toEqual([]);
    expect(accepts(listQuerySchema, { ids: ids(50).join() })).toBe(true);
    expect(accepts(listQuerySchema, { ids: ids(51).join() })).toBe(false);
    expect(accepts(listQuerySchema, { ids: "," })).toBe(false);
    expect(listQuerySchema.parse({ ids: "a,,b,a" }).ids).toEqual(["a", "b"]);
    expect(accepts(listQuerySchema, { q: "q".repeat(200) })).toBe(true);
    expect(accepts(listQuerySchema, { q: "q".repeat(201) })).toBe(false);
  });

  test("of labels and ids", () => {
    expect(accepts(labelFiltersSchema, [filter(10), filter(10)])).toBe(true);
    expect(accepts(labelFiltersSchema, [filter(10), filter(11)])).toBe(false);
    expect(accepts(labelFiltersSchema, [{ key: "k", values: [] }])).toBe(false);
    expect(accepts(labelFiltersSchema, [{ key: "k", values: ["v".repeat(128)] }])).toBe(true);
    expect(accepts(labelFiltersSchema, [{ key: "k", values: ["v".repeat(129)] }])).toBe(false);
    expect(accepts(labelFiltersSchema, [{ key: "k", values: [""] }])).toBe(false);
    expect(accepts(batchIdsSchema, ids(100))).toBe(true);
    expect(accepts(batchIdsSchema, ids(101))).toBe(false);
    expect(accepts(batchIdsSchema, [])).toBe(false);
  });
});

test("ids are eight letters and digits, all as likely, and never a page's", () => {
  const drawn = Array.from({ length: 10 }, () => randomToken(36_000)).join("");
  expect(drawn).toMatch(/^[a-z0-9]+$/);
  expect(drawn).toHaveLength(360_000);
  const counts = [..."abcdefghijklmnopqrstuvwxyz0123456789"].map((letter) => drawn.split(letter).length - 1);
  expect(Math.min(...counts)).toBeGreaterThan(9_400);
  expect(Math.max(...counts)).toBeLessThan(10_600);
  expect(accepts(imageIdSchema, newImageId())).toBe(true);
  for (const slug of RESERVED_SLUGS) expect(accepts(imageIdSchema, slug)).toBe(slug.length === 8);
  expect(["abc", "a".repeat(12)].filter((token) => !accepts(storageSchema, token))).toEqual([]);
});

test("hidden metadata is what was asked for, cut to what was allowed", () => {
  const levels = ["strip", "copyright", "keep", "keep_with_location"] as const;
  expect(levels.map((allowed) => metadataKept("none", allowed))).toEqual(["none", "none", "none", "none"]);
  expect(levels.map((allowed) => metadataKept("copyright", allowed))).toEqual([
    "none",
    "copyright",
    "copyright",
    "copyright",
  ]);
  expect(levels.map((allowed) => metadataKept("keep", allowed))).toEqual(["none", ...levels.slice(1)]);
});

test("plans and limits are the numbers that are promised", () => {
  const { anonymous, free, pro, business, scale, unlimited } = plans.plans;
  expect(Object.values(anonymous)).toEqual([null, 10e9, 20e6, 2_592_000]);
  expect(Object.values(free)).toEqual([100, 1e9, 70e6, null]);
  expect(Object.values(pro)).toEqual([1_000, 10e9, 70e6, null]);
  expect(Object.values(business)).toEqual([10_000, 100e9, 70e6, null]);
  expect(Object.values(scale)).toEqual([100_000, 1_000e9, 70e6, null]);
  expect(Object.values(unlimited)).toEqual([null, null, 70e6, null]);
  expect(plans.MAX_SVG_BYTES).toBe(10e6);
  expect([plans.ANONYMOUS_UPLOADS_PER_HOUR, plans.ANONYMOUS_UPLOADS_PER_DAY]).toEqual([20, 100]);
  expect([plans.ANONYMOUS_NETWORK_UPLOADS_PER_HOUR, plans.ANONYMOUS_NETWORK_BYTES_PER_HOUR]).toEqual([
    60, 200e6,
  ]);
  expect([plans.ANONYMOUS_TOTAL_UPLOADS_PER_HOUR, plans.ANONYMOUS_TOTAL_BYTES_PER_HOUR]).toEqual([
    1_000, 500e6,
  ]);
  expect([plans.MIN_TTL_SECONDS, plans.MAX_TTL_SECONDS]).toEqual([300, 7_776_000]);
});

test("errors have the statuses that clients rely on", () => {
  expect(
    Object.fromEntries(errorNames.map((name) => [name, errorKinds[name].status])),
  ).toMatchInlineSnapshot(`
    {
      "app_suspended": 403,
      "bad_request": 400,
      "delete_failed": 500,
      "fetch_failed": 502,
      "fetch_timeout": 504,
      "file_blocked": 422,
      "forbidden": 403,
      "idempotency_key_conflict": 409,
      "idempotency_key_in_progress": 409,
      "import_failed": 502,
      "media_blocked": 403,
      "media_failed": 422,
      "media_locked": 403,
      "method_not_allowed": 405,
      "not_found": 404,
      "overloaded": 503,
      "quota_exceeded": 403,
      "rate_limited": 429,
      "server_error": 500,
      "unauthorized": 401,
      "update_failed": 500,
      "upload_failed": 502,
      "validation_error": 422,
    }
  `);
  expect(errorNames.filter((name) => wireCode(name) !== name)).toEqual(["fetch_timeout", "overloaded"]);
});

test("a caption is kept as it is said, and an empty one is none", () => {
  expect(captionSchema.parse("a harbour")).toBe("a harbour");
  expect(captionSchema.parse("")).toBeNull();
});

test("the reference says how long a label may be", () => {
  expect(z.toJSONSchema(labelValueSchema)).toMatchObject({ type: "string", maxLength: 128 });
});

test("an operator asks for 1 to 50 images to be looked at again, ten where nothing is said", () => {
  expect(reexamineSchema.parse({})).toEqual({ cursor: "", limit: 10 });
  expect([1, 50].filter((limit) => !accepts(reexamineSchema, { limit }))).toEqual([]);
  expect([0, 51, 1.5].filter((limit) => accepts(reexamineSchema, { limit }))).toEqual([]);
  expect(accepts(reexamineSchema, { cursor: "c".repeat(64) })).toBe(true);
  expect(accepts(reexamineSchema, { cursor: "c".repeat(65) })).toBe(false);
});

test("a passkey is taken with fields of up to 20,000 letters, ten ways to reach it, and a next page of 2,000", () => {
  const made = (text: string, transports?: readonly string[]) => ({
    response: {
      ...{ id: "aA0_-", rawId: "aA0_-", type: "public-key" },
      response: { clientDataJSON: text, attestationObject: "b", ...(transports ? { transports } : {}) },
    },
  });
  expect(registrationSchema.parse(made(""))).toMatchObject({ response: { response: { transports: [] } } });
  expect(accepts(registrationSchema, made("a".repeat(20_000), Array(10).fill("t".repeat(20))))).toBe(true);
  for (const wrong of [
    made("a".repeat(20_001)),
    made("a="),
    made("a", Array(11).fill("usb")),
    made("a", ["t".repeat(21)]),
  ])
    expect(accepts(registrationSchema, wrong)).toBe(false);
  const used = (next?: string) => ({
    next,
    response: {
      ...{ id: "a", rawId: "a", type: "public-key" },
      response: { clientDataJSON: "a", authenticatorData: "b", signature: "c" },
    },
  });
  expect(assertionSchema.parse(used()).next).toBe("");
  expect(accepts(assertionSchema, used("n".repeat(2_000)))).toBe(true);
  expect(accepts(assertionSchema, used("n".repeat(2_001)))).toBe(false);
});

test("a report is of 1,000 characters and an address of 254 at most, or of none", () => {
  const form = (words: string, email = "") => ({ reason: "spam", words, email });
  const address = (length: number) => `${"a".repeat(60)}@${"b".repeat(60)}.${"c".repeat(length - 122)}`;
  expect(reportFormSchema.parse(form(" a\r\nb "))).toEqual({ reason: "spam", words: "a\nb", email: null });
  expect(accepts(reportFormSchema, form("\r\n".repeat(400) + "w".repeat(1_000)))).toBe(true);
  expect(accepts(reportFormSchema, form("w".repeat(1_001)))).toBe(false);
  expect(accepts(reportFormSchema, form("", "a@b"))).toBe(false);
  expect(accepts(reportFormSchema, form("", " ada@example.com "))).toBe(true);
  expect(accepts(reportFormSchema, form("", address(254)))).toBe(true);
  expect(accepts(reportFormSchema, form("", address(255)))).toBe(false);
});
