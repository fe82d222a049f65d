import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test } from "vitest";
import { spendRender } from "../../workers/src/door/budgets.ts";
import { quadrants } from "../support/drawing.ts";
import { storeImage } from "../support/stored-image.ts";
import { ask, pngOf } from "./src-request.ts";

/** Until the first refusal; a new minute may begin meanwhile, so there can be more of them than the limit. */
async function spendAll(address: string): Promise<void> {
  for (;;) {
    const refusal = await spendRender(env.RENDERS, address).catch((thrown: unknown) => thrown);
    if (refusal) return;
  }
}

let path: string;
beforeAll(async () => {
  ({ path } = await storeImage(await pngOf(quadrants(400, 2))));
});

describe("the render budget", () => {
  test("refuses an address that mints variants, and still answers it what is cached or plain", async () => {
    const headers = { "CF-Connecting-IP": "203.0.113.9" };
    expect((await ask(`${path}?w=1`, { headers })).status).toBe(200);
    await spendAll("203.0.113.9");

    const refusal = await ask(`${path}?w=2`, { headers });
    expect(refusal.status).toBe(429);
    expect(refusal.headers.get("Retry-After")).toBe("60");
    expect(refusal.headers.get("Cache-Control")).toBe("no-store");
    expect(await refusal.json()).toMatchObject({ error: { code: "rate_limited", action: { type: "wait" } } });
    expect((await ask(`${path}?w=1`, { headers })).status).toBe(200);
    expect((await ask(path, { headers })).status).toBe(200);
  });

  test("counts each address by itself", async () => {
    expect((await ask(`${path}?w=350`, { headers: { "CF-Connecting-IP": "203.0.113.10" } })).status).toBe(
      200,
    );
  });
});
