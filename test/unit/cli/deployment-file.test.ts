// What is wrong with a deployment's file is said in words that its owner can act on.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseDeployment } from "../../../cli/deploy/deployment-file.ts";

const said = (text: string) => {
  try {
    parseDeployment(text, "deployments/photos.toml");
    return "nothing";
  } catch (problem) {
    return String(problem);
  }
};

test("the example is a deployment", () => {
  const text = readFileSync("deployments/example.toml", "utf8");
  expect(parseDeployment(text, "example")).toMatchObject({
    hosts: { page: "example.com", api: "api.example.com", src: "src.example.com" },
    shape: "pair",
  });
});

test("an empty file is a deployment, at workers.dev", () => {
  expect(parseDeployment("", "empty")).toMatchObject({ workers_dev: true, names: { api: "edgepix" } });
});

test("one host is enough: API and images are where the pages are", () => {
  const { hosts } = parseDeployment('[hosts]\npage = "example.com"', "photos");
  expect(hosts).toEqual({ page: "example.com", api: "example.com", src: "example.com" });
});

test.each([
  [
    "an address instead of a host",
    '[hosts]\npage = "https://example.com/"',
    /hosts\.page: takes a host name like/,
  ],
  [
    "a section that was never there",
    '[host]\npage = "example.com"',
    /host: nothing in a deployment has that name/,
  ],
  ["a misspelled setting", '[vars]\nSIGNUP = "open"', /vars\.SIGNUP: is no setting\. There are .*SIGNUPS/],
  [
    "an origin among the settings",
    '[vars]\nSRC_ORIGIN = "https://src.example.com"',
    /SRC_ORIGIN: follows from \[hosts\]/,
  ],
  [
    "a secret in the file",
    '[vars]\nADMIN_TOKEN = "hush"',
    /ADMIN_TOKEN: is a secret, .*wrangler secret put ADMIN_TOKEN/,
  ],
  [
    "one name for two Workers",
    '[names]\napi = "pics"\nsrc = "pics"',
    /names\.src: is the name of the API Worker/,
  ],
  ["an address nowhere", "workers_dev = false", /it would answer nowhere/],
  ["hosts without pages", '[hosts]\napi = "api.example.com"', /hosts\.page: is missing\./],
  ["what is no TOML", 'shape = "pair', /is not TOML, line 1/],
])("%s is refused with a way out", (_, text, sentence) => {
  expect(said(text)).toMatch(/deployments\/photos\.toml/);
  expect(said(text)).toMatch(sentence);
});
