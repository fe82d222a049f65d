// What every answer says to a browser about itself, over all routes: a new page is held to it at once.
import { describe, expect, test } from "vitest";
import { makeAccount } from "../support/accounts.ts";
import { call } from "../support/api.ts";
import { addressOf, everyRoute } from "../support/every-route.ts";
import { uploadImage } from "../support/uploads.ts";

const { key } = await makeAccount();
const { id } = await uploadImage(key);

const routes = [...everyRoute.values()].filter(({ method }) => method === "GET");
const nowhere = ["/nothing/here", "/v1/nothing/here", "/oembed?format=odd"];
const addresses = [...routes.map((route) => addressOf(route, id)), ...nowhere];

describe.each(addresses)("%s", (address) => {
  const asked = call(address);
  const isPage = async () => (await asked).headers.get("Content-Type")?.startsWith("text/html") ?? false;

  test("comes by https the next time, too, and is taken for what it says it is", async () => {
    const { headers } = await asked;
    expect(headers.get("Strict-Transport-Security")).toMatch(/^max-age=\d{8,}$/);
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
  });

  test("runs no script and no style from within, and stands in nobody's frame", async () => {
    const policy = policyOf((await asked).headers);
    expect(policy.get("default-src")).toBe("'none'");
    expect(policy.get("frame-ancestors")).toBe("'none'");
    if (!(await isPage())) return;
    expect(policy.get("base-uri")).toBe("'none'");
    expect(policy.get("form-action")).toMatch(/^'self'/);
    for (const [directive, sources] of policy) {
      expect.soft(sources, directive).not.toMatch(/unsafe-|\*|data:|(^| )https?:( |$)/);
    }
  });

  test("tells other sites no more than its origin, and gives a stranger no cookie", async () => {
    const { headers } = await asked;
    if (await isPage())
      expect(headers.get("Referrer-Policy")).toMatch(/^(strict-origin|no-referrer|same-origin)/);
    expect(headers.get("Set-Cookie")).toBeNull();
  });
});

test("A site that opened a page of ours in a window has no hold on that window", async () => {
  expect((await call("/")).headers.get("Cross-Origin-Opener-Policy")).toBe("same-origin");
});

test("over plain http nothing is said about https", async () => {
  const { headers } = await call("http://edgepix.test/");
  expect(headers.get("Strict-Transport-Security")).toBeNull();
});

function policyOf(headers: Headers): ReadonlyMap<string, string> {
  const text = headers.get("Content-Security-Policy") ?? "";
  return new Map(
    text.split("; ").map((directive) => {
      const [name = "", ...sources] = directive.split(" ");
      return [name, sources.join(" ")];
    }),
  );
}
