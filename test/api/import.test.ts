// POST /v1/images with a url: what is fetched, and what is never asked for.
import { afterEach, expect, test, vi } from "vitest";
import { errorSchema, imageSchema } from "../../schema/api.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { leftoversOf, nothing } from "../support/leftovers.ts";
import { pretendOutside } from "../support/outside.ts";

afterEach(() => vi.restoreAllMocks());

const account = await makeAccount();
const jpeg = await fixtureBytes("coffee.jpg");
const names = {
  "photos.example": ["93.184.215.14", "2606:2800:21f::1"],
  "inside.example": ["10.0.0.7"],
  "half.example": ["93.184.215.14", "fd00::1"],
};
const photo = () => new Response(jpeg, { headers: { "Content-Type": "image/jpeg" } });
const redirectTo = (location: string) => () =>
  new Response(null, { status: 302, headers: { Location: location } });

const post = (body: object, bindings = {}, { key } = account) =>
  call(
    "/v1/images",
    {
      method: "POST",
      body: JSON.stringify(body),
      headers: { ...authorization(key), "Content-Type": "application/json" },
    },
    bindings,
  );

test("POST /v1/images imports a picture and follows redirects, with the fields of an upload", async () => {
  pretendOutside({
    names,
    pages: {
      "https://photos.example/old": redirectTo("/a/harbour%20view.jpg?width=9"),
      "https://photos.example/a/harbour%20view.jpg?width=9": photo,
    },
  });
  const response = await post({
    url: "https://photos.example/old",
    caption: "Harbour",
    public: false,
    ttl: 600,
    labels: { trip: "rome" },
    metadata: { from: "web" },
  });
  expect(response.status).toBe(201);
  expect(imageSchema.parse(await response.json())).toMatchObject({
    filename: "harbour view.jpg",
    bytes: jpeg.length,
    caption: "Harbour",
    public: false,
    labels: { trip: "rome" },
    metadata: { from: "web" },
  });
});

test.each([
  "http://127.0.0.1/",
  "http://2130706433/",
  "http://0x7f.1/",
  "http://0177.0.0.1/",
  "http://0/",
  "http://10.1.2.3/",
  "http://100.64.0.1/",
  "http://169.254.169.254/latest/meta-data",
  "http://172.31.255.255/",
  "http://192.168.0.1/",
  "http://198.19.0.1/",
  "http://224.0.0.1/",
  "http://255.255.255.255/",
  "http://[::]/",
  "http://[::1]/",
  "http://[::ffff:10.0.0.1]/",
  "http://[::ffff:93.184.215.14]/",
  "http://[64:ff9b::a00:1]/",
  "http://[2002:a00:1::]/",
  "http://[2001:0:1::]/",
  "http://[2001:db8::1]/",
  "http://[fe80::1]/",
  "http://[fd12::1]/",
  "http://[ff02::1]/",
  "http://localhost:8787/",
  "http://LOCALHOST./",
  "http://api.localhost/",
  "http://printer.local/",
  "http://metadata.google.internal/",
  "http://router/",
  "http://inside.example/",
  "http://half.example/",
  "ftp://photos.example/a.jpg",
  "file:///etc/passwd",
  "data:image/png;base64,AAAA",
  "https://user:password@photos.example/",
  "no address",
])("POST /v1/images never asks for %s", async (url) => {
  const outside = pretendOutside({ names });
  const response = await post({ url });
  expect(response.status).toBe(422);
  expect(errorSchema.parse(await response.json()).error.details).toHaveProperty("url");
  expect(outside.asked).toEqual([]);
});

test.each([
  "http://127.0.0.1/",
  "http://inside.example/a.jpg",
  "http://[::ffff:10.0.0.1]/",
  "file:///etc/passwd",
])("POST /v1/images does not follow a redirect to %s", async (inside) => {
  const outside = pretendOutside({ names, pages: { "https://photos.example/": redirectTo(inside) } });
  const response = await post({ url: "https://photos.example/" });
  expect(response.status).toBe(422);
  expect(outside.asked).toEqual(["https://photos.example/"]);
});

/** Addresses that lead from one to the next, so many times. */
const chain = (redirects: number) => ({
  ...Object.fromEntries(
    Array.from({ length: redirects }, (_, n) => [`https://photos.example/${n}`, redirectTo(`/${n + 1}`)]),
  ),
  [`https://photos.example/${redirects}`]: photo,
});

test("POST /v1/images follows five redirects and not a sixth", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const other = await makeAccount();
  for (const [redirects, status, asked] of [
    [5, 201, 6],
    [6, 502, 6],
  ] as const) {
    const outside = pretendOutside({ names, pages: chain(redirects) });
    expect((await post({ url: "https://photos.example/0" }, {}, other)).status).toBe(status);
    expect(outside.asked).toHaveLength(asked);
  }
});

const slow = ({ signal }: Request) =>
  new Promise<Response>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
const slowBody = () =>
  new Response(
    new ReadableStream({
      start: (controller) => {
        controller.enqueue(jpeg.slice(0, 1_000));
        setTimeout(() => controller.error(new Error("aborted")), 100);
      },
    }),
  );

test.each([
  ["is missing", () => new Response("", { status: 404 }), 502, "fetch_failed"],
  ["refuses", () => new Response("", { status: 403 }), 502, "fetch_failed"],
  ["breaks", () => new Response("", { status: 500 }), 502, "fetch_failed"],
  ["can't be reached", () => Promise.reject(new TypeError("no route")), 502, "fetch_failed"],
  ["redirects for ever", redirectTo("https://photos.example/"), 502, "fetch_failed"],
  ["takes over 30 seconds to answer", slow, 504, "fetch_failed"],
  ["takes over 30 seconds to send its body", slowBody, 504, "fetch_failed"],
  ["is an HTML page", () => new Response("<!doctype html><p>hi</p>"), 422, "validation_error"],
  ["is empty", () => new Response(""), 422, "validation_error"],
  ["is cut off in its head", () => new Response(jpeg.slice(0, 100)), 422, "validation_error"],
  [
    "says that it is too large",
    () => new Response(jpeg, { headers: { "Content-Length": "80000000" } }),
    422,
    "validation_error",
  ],
])("POST /v1/images answers its error for a source that %s", async (_, answer, status, code) => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  pretendOutside({ names, pages: { "https://photos.example/": answer } });
  const response = await post({ url: "https://photos.example/" }, { IMPORT_TIMEOUT_SECONDS: "0.05" });
  const { error } = errorSchema.parse(await response.json());
  expect([response.status, error.code]).toEqual([status, code]);
  expect(await leftoversOf(account)).toMatchObject({
    ...nothing,
    objects: [expect.anything()],
    rows: 1,
    uploadsCounted: 1,
    bytesCounted: jpeg.length,
  });
});

/** Silent until it is given up. */
const never = ({ signal }: Request) =>
  new Promise<Response>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

test("POST /v1/images says how long it really waited for a source that never answers", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  pretendOutside({ names, pages: { "https://photos.example/": never } });
  const response = await post({ url: "https://photos.example/" }, { IMPORT_TIMEOUT_SECONDS: "0.25" });
  const { error } = errorSchema.parse(await response.json());
  expect([response.status, error.message]).toEqual([
    504,
    "The address took longer than 0.25 seconds to answer.",
  ]);
});

test("POST /v1/images closes the door when names can't be looked up", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response("", { status: 503 }));
  const response = await post({ url: "https://photos.example/" });
  expect(response.status).toBe(502);
});

test("POST /v1/images refuses a host whose name server answers without end", async () => {
  const addresses = Array.from({ length: 5_000 }, () => "93.184.215.14");
  pretendOutside({ names: { "crowded.example": addresses }, pages: { "https://crowded.example/": photo } });
  const response = await post({ url: "https://crowded.example/" });
  expect(response.status).toBe(502);
  expect(errorSchema.parse(await response.json()).error.code).toBe("fetch_failed");
});
