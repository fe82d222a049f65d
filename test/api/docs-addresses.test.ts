// The docs name addresses, some with their method: each is a route, or where several begin.
/// <reference types="vite/types/importMeta.d.ts" />
import { expect, test } from "vitest";
import { addressOf, everyRoute } from "../support/every-route.ts";

const pages = import.meta.glob<string>(
  ["../../README.md", "../../CHANGELOG.md", "../../docs/*.md", "../../schema/*.md", "../../workers/**/*.md"],
  { eager: true, query: "?raw", import: "default" },
);
/** Not ours to route: a file that is served as it lies there, a picture, Linux's own, and other hosts' (docs/moving-in.md). */
const others = /^\/(robots\.txt$|anon\/|proc\b|api\/)/;
const named = Object.entries(pages).flatMap(([page, text]) =>
  [...text.matchAll(/`(?:([A-Z]+) )?(\/[a-z][\w/{}.-]*|\/\{id\}[\w/]+)/g)]
    .map(([, method = "", path = ""]) => ({ page, method, path }))
    .filter(({ path }) => !others.test(path)),
);
const ID = "k3f9x0qa";
const routes = [...everyRoute.values()].map((route) => ({ ...route, address: addressOf(route, ID) }));

test("every address that the docs name is answered, by the method that they name", () => {
  expect(named.length).toBeGreaterThan(50);
  const missing = named.filter(({ method, path }) => {
    const address = path.replace(/\{\w+\}/g, ID);
    return !routes.some(
      (route) =>
        (!method || method === route.method) &&
        `${route.address}/`.startsWith(`${address.replace(/\/$/, "")}/`),
    );
  });
  expect(missing).toEqual([]);
});
