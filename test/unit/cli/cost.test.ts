// The month's cost by public prices: at the edges of what is included, and at the edges of a month.
import { expect, test } from "vitest";
import { costOf, forecast, monthOf, type Used } from "../../../cli/stats/cost.ts";
import { bytes, money } from "../../../cli/stats/print.ts";
import { prices, usdFor } from "../../../schema/prices.ts";

const nothing: Used = {
  ...{ requests: 0, renderCpuMs: 0, objectReads: 0, objectWrites: 0, points: 0 },
  ...{ originalBytes: 0, images: 0 },
};

test("nothing costs the plan", () => {
  expect(costOf(nothing).totalUsd).toBe(5);
});

test.each(Object.entries(prices))(
  "%s: what is included is free to the last one, and one unit more costs its price",
  (_, price) => {
    expect(usdFor(0, price)).toBe(0);
    expect(usdFor(price.included, price)).toBe(0);
    expect(usdFor(price.included + price.per, price)).toBeCloseTo(price.usd, 10);
    expect(usdFor(price.included + price.per / 2, price)).toBeCloseTo(price.usd / 2, 10);
  },
);

test.each<[keyof Used, number, number]>([
  ["renderCpuMs", 30e6 + 1e6, 0.02],
  ["objectReads", 10e6 + 1e6, 0.36],
  ["objectWrites", 1e6 + 1e6, 4.5],
  ["points", 10e6 + 1e6, 0.25],
  ["originalBytes", 10e9 + 1e9, 0.015],
  ["images", 5e6 + 1e6, 0.75],
])("%s of %d cost %d USD beyond the plan", (name, amount, usd) => {
  expect(costOf({ ...nothing, [name]: amount }).totalUsd).toBeCloseTo(5 + usd, 10);
});

test("requests cost their price, and their processor time", () => {
  // 40 million: 30 beyond what is included at 0.30, and 60 million ms at the door, 30 beyond at 0.02.
  expect(costOf({ ...nothing, requests: 40e6 }).totalUsd).toBeCloseTo(5 + 9 + 0.6, 10);
});

test("a month is UTC's, of 28 to 31 days", () => {
  const days = (month: ReturnType<typeof monthOf>) => (month.end - month.begin) / 86_400_000;
  expect(days(monthOf(Date.UTC(2026, 1, 10)))).toBe(28);
  expect(days(monthOf(Date.UTC(2028, 1, 10)))).toBe(29);
  expect(days(monthOf(Date.UTC(2026, 11, 31, 23, 59, 59, 999)))).toBe(31);
  expect(monthOf(Date.UTC(2026, 11, 31)).end).toBe(Date.UTC(2027, 0));
});

test("the forecast goes on as it went: what flows grows, what lies there stays", () => {
  const used = { ...nothing, requests: 1_000, renderCpuMs: 10, originalBytes: 5, images: 7 };
  const half = forecast(used, Date.UTC(2026, 10, 16));
  expect(half).toMatchObject({ requests: 2_000, renderCpuMs: 20, originalBytes: 5, images: 7 });
  const end = forecast(used, Date.UTC(2026, 11, 1) - 1);
  expect(end?.requests).toBeCloseTo(1_000, 2);
});

test("on the first day of a month nothing is foretold, and nothing is divided by nothing", () => {
  const used = { ...nothing, requests: 1_000 };
  for (const now of [Date.UTC(2026, 10, 1), Date.UTC(2026, 10, 1, 23, 59, 59, 999)])
    expect(forecast(used, now)).toBeUndefined();
  expect(forecast(used, Date.UTC(2026, 10, 2))?.requests).toBe(30_000);
});

test.each([
  [0, "0 bytes"],
  [999, "999 bytes"],
  [1_000, "1.0 kB"],
  [999_999, "1000.0 kB"],
  [1e6, "1.0 MB"],
  [60e9, "60.0 GB"],
  [1.5e15, "1500.0 TB"],
])("%d bytes read as %s", (value, words) => expect(bytes(value)).toBe(words));

test("money has two digits and its currency", () => expect(money(5)).toBe("5.00 USD"));
