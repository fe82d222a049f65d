// Every error answer says where its code is explained, and the page explains every code.
import { expect, test } from "vitest";
import { errorSchema } from "../../schema/api.ts";
import { errorNames, wireCode } from "../../schema/errors.ts";
import { plans } from "../../schema/plans.ts";
import { call, ORIGIN } from "../support/api.ts";

test("an error's doc_url leads to its own section", async () => {
  const { error } = errorSchema.parse(await (await call("/v1/usage")).json());
  expect(error.doc_url).toBe(`${ORIGIN}/docs/errors#unauthorized`);
  const page = await (await call(new URL(error.doc_url).pathname)).text();
  expect(page).toContain('<section id="unauthorized">');
});

test("where the pages have an origin of their own, it leads there", async () => {
  const answer = await call("/v1/usage", {}, { PAGE_ORIGIN: "https://example.com" });
  expect(errorSchema.parse(await answer.json()).error.doc_url).toBe(
    "https://example.com/docs/errors#unauthorized",
  );
});

test.each([...new Set(errorNames.map(wireCode))])("the page says what to do about %s", async (code) => {
  const page = await (await call("/docs/errors")).text();
  expect(page.split(`<section id="${code}">`)).toHaveLength(2);
});

test("the plans on their page are those of the table", async () => {
  const page = await (await call("/plans")).text();
  for (const { uploadsPerMonth } of Object.values(plans)) {
    if (uploadsPerMonth !== null) expect(page).toContain(`<td>${uploadsPerMonth.toLocaleString("en")}</td>`);
  }
  expect(page).toContain("20 an hour, 100 a day");
});
