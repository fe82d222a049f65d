// No link to the sign-in page leads to another site.
import { expect, test } from "vitest";
import { safeNext, signInPath } from "../../../workers/api/http/next-path.ts";

test.each([
  ["/account", "/account"],
  ["/", "/"],
  ["/dashboard?q=a%20b#top", "/dashboard?q=a%20b#top"],
  ["/a/../b", "/b"],
])("%s is kept", (next, kept) => {
  expect(safeNext(next)).toBe(kept);
});

test.each([
  undefined,
  null,
  "",
  "account",
  "https://evil.example",
  "https://evil.example/account",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "\t//evil.example",
  " //evil.example",
  "/.//evil.example",
  "/a/..//evil.example",
  "/%2e//evil.example",
  "javascript:alert(1)",
  "data:text/html,x",
  "http:evil.example",
  "@evil.example",
  ".evil.example",
])("%j is not followed", (next) => {
  expect(safeNext(next)).toBe("/gallery");
});

test.each(["/%2f/evil.example", "/%5cevil.example", "/@evil.example", "/https://evil.example"])(
  "%s stays on this host",
  (next) => {
    expect(new URL(safeNext(next), "https://here.example").origin).toBe("https://here.example");
    expect(safeNext(next)).not.toMatch(/^\/[/\\]/);
  },
);

test("the sign-in page gets no other site to lead to, either", () => {
  expect(signInPath("//evil.example")).toBe("/sign-in?next=%2Fgallery");
});
