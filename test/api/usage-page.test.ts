// The usage page tells what the ledger counts, in words, and looks back a year.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { makeMember, visit } from "../support/members.ts";
import { makeImages } from "../support/uploads.ts";

const ledgerOf = ({ id }: { readonly id: string }) => env.LEDGER.getByName(`account:${id}`);

test("/usage tells uploads and storage of the plan, and the day on which the month ends", async () => {
  const member = await makeMember({ plan: "free" });
  await makeImages(member, 3);
  const html = await (await visit(member, "/usage")).text();
  expect(html).toContain("<strong>3</strong> of 100, 3%");
  expect(html).toMatch(/<strong>[\d.,]+ \w+<\/strong> of 1 GB, under 1%/);
  expect(html).toContain("3 pictures are stored");
  const now = new Date();
  const next = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1)).toISOString().slice(0, 10);
  expect(html).toContain(`<time datetime="${next}T00:00:00Z">`);
  expect(html.match(/<meter/g)).toHaveLength(2);
});

test("A plan without limits has no meters", async () => {
  const html = await (await visit(await makeMember(), "/usage")).text();
  expect(html).not.toContain("<meter");
  expect(html).toContain("no limits");
});

test("The ledger looks back over twelve months, those without uploads included, over the turn of a year", async () => {
  const member = await makeMember();
  const ledger = ledgerOf(member);
  const unlimited = { uploadsPerMonth: null, storageBytes: null };
  const upload = async (id: string, at: string) => {
    const reservation = { imageId: id, storage: member.storage, bytes: 1, isReserved: false };
    await ledger.reserve(reservation, unlimited, Date.parse(at));
    await ledger.commit(id, 1, Date.parse(at));
  };
  await upload("aaaaaaaa", "2025-02-28T23:59:59Z");
  await upload("bbbbbbbb", "2025-03-01T00:00:00Z");
  await upload("cccccccc", "2025-12-31T00:00:00Z");
  await upload("dddddddd", "2026-02-01T00:00:00Z");
  const { months, uploads } = await ledger.history(12, Date.parse("2026-02-15T00:00:00Z"));
  expect(uploads).toBe(1);
  expect(months.map(({ month }) => month)).toEqual([
    ...["2025-03", "2025-04", "2025-05", "2025-06", "2025-07", "2025-08"],
    ...["2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02"],
  ]);
  expect(months.map((month) => month.uploads)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1]);
});
