// The one Worker that is both does what the two do: the whole way of a picture.
import { get } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningProduct, startProduct } from "../harness/product/start.ts";
import { fixture } from "../support/fixtures.ts";
import { runCommand } from "../support/run-command.ts";
import { uploadOverHttp } from "./upload-over-http.ts";

let product: RunningProduct;
beforeAll(async () => {
  product = await startProduct("solo");
}, 240_000);
afterAll(() => product.close());

const key = () => product.keys[0];

test("A picture is uploaded, shown in every size and format, and gone when it is deleted", async () => {
  const image = await uploadOverHttp(product.origin, "photo.jpg", { key: key() });
  const { url } = image;
  for (const [address, type] of [
    [url, "image/jpeg"],
    [`${url}?size=s`, "image/jpeg"],
    [url.replace(/\.\w+$/, ".webp?size=s"), "image/webp"],
    [image.page_url, "text/html; charset=utf-8"],
  ] as const) {
    const answer = await fetch(address);
    await answer.arrayBuffer();
    expect([answer.status, answer.headers.get("Content-Type")?.toLowerCase()], address).toEqual([200, type]);
  }
  const address = `${product.origin}/v1/images/${image.id}`;
  const deleted = await fetch(address, { method: "DELETE", headers: { Authorization: `Bearer ${key()}` } });
  expect(deleted.ok).toBe(true);
  expect((await fetch(url)).status).toBe(404);
  expect((await fetch(`${url}?size=s`)).status).toBe(404);
});

/** The status of an address where it is asked for by the name of another host. */
function askAt(host: string, url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { Host: host } }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.statusCode));
    }).on("error", reject);
  });
}

test("A host of its own for pictures answers pictures, and no pages", async () => {
  const SRC_ORIGIN = "http://src.example.com";
  const apart = await startProduct("solo", { SRC_ORIGIN });
  try {
    const image = await uploadOverHttp(apart.origin, "coffee.jpg", { key: apart.keys[0] });
    const { host, origin, pathname } = new URL(image.url);
    expect(origin).toBe(SRC_ORIGIN);
    const statuses = [pathname, `${pathname}?size=s`, "/", "/v1/images", "/readyz"].map((path) =>
      askAt(host, apart.origin + path),
    );
    expect(await Promise.all(statuses)).toEqual([200, 200, 404, 404, 200]);
    expect((await fetch(`${apart.origin}/`)).status).toBe(200);
  } finally {
    await apart.close();
  }
});

test("The probe finds that all is well", async () => {
  const { code, said } = await runCommand("cli/probe.ts", [product.origin, "--key", key()]);
  expect(said).toContain("All is well.");
  expect(code, said).toBe(0);
});

test("Pages, the reference and their styles are there, and keep out of caches", async () => {
  for (const path of ["/", "/docs", "/sign-in"]) {
    const answer = await fetch(product.origin + path);
    expect([path, answer.status, answer.headers.get("Content-Type")]).toEqual([
      path,
      200,
      "text/html; charset=utf-8",
    ]);
    const [style = ""] = /href="([^"]+\.css[^"]*)"/.exec(await answer.text())?.slice(1) ?? [];
    expect((await fetch(new URL(style, product.origin))).status, style).toBe(200);
  }
});

test("A picture of somebody without a key is looked at when it comes, by the part that is src", async () => {
  const form = new FormData();
  form.set("file", new File([Uint8Array.from(fixture("coffee.jpg"))], "coffee.jpg", { type: "image/jpeg" }));
  const answer = await fetch(`${product.origin}/v1/images`, { method: "POST", body: form });
  expect([answer.status, await answer.json()]).toMatchObject([
    201,
    { format: "jpg", transformable: true, status: "ready" },
  ]);
});
