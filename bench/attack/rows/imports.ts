// Imports from hosts that mean harm: they point inward, never end, or answer with bombs.

import { type Attack, ask } from "../attack.ts";

const json = { "Content-Type": "application/json" };
const refused = [400, 422];
const failed = [502, 504, 400, 422];

const fetched = (name: string, url: string, may: readonly number[], isQuick = false): Attack =>
  ask(name, "/v1/images", {
    method: "POST",
    headers: json,
    body: JSON.stringify({ url }),
    may,
    quick: isQuick,
  });

const inward = (what: string, target: string) =>
  fetched(`import that redirects to ${what}`, `http://inward.example/?${encodeURIComponent(target)}`, failed);

export const importRows: readonly Attack[] = [
  fetched("import that redirects to itself", "http://loop.example/", failed, true),
  fetched("import behind a chain of redirects without end", "http://chain.example/0", failed),
  inward("this machine", "http://127.0.0.1/"),
  inward("the cloud's metadata", "http://169.254.169.254/latest/meta-data"),
  inward("this machine, as one number", "http://2130706433/"),
  inward("this machine in IPv6", "http://[::ffff:127.0.0.1]/"),
  inward("a file", "file:///etc/passwd"),
  inward("data", "data:image/png;base64,AAAA"),
  inward("a name that is private", "http://private.example/"),
  fetched("import that redirects to 60 KB of address", "http://far.example/", failed),
  fetched("import from a private name", "http://private.example/", refused, true),
  fetched("import from a name with one private address", "http://half-private.example/", refused),
  fetched("import from localhost", "http://localhost/", refused),
  fetched("import with a password in the address", "http://a:b@good.example/", refused),
  fetched("import over another scheme", "gopher://good.example/", refused),
  fetched("import from an address of 8 KB", `http://good.example/${"a".repeat(8_000)}`, [201, ...failed]),
  fetched("import from an address of 500 KB", `http://good.example/${"a".repeat(500_000)}`, refused),
  fetched("import from a host of odd letters", "http://\u202eelpmaxe.doog/", failed),
  fetched("import from a name with 50,000 addresses", "http://crowded.example/", [201, ...failed]),
  fetched("import from a name without an address", "http://nameless.example/", failed),
  fetched("import whose name server answers with a page", "http://no-json.example/", failed),
  fetched("import whose name server is down", "http://dns-down.example/", failed),
  fetched("import whose name server is silent", "http://dns-silent.example/", failed),
  fetched("import whose name server never ends its answer", "http://dns-endless.example/", failed),
  fetched("import of a body that never ends", "http://endless.example/", failed, true),
  fetched("import that says 100 GB", "http://huge.example/", failed),
  fetched("import of one byte in 100 ms", "http://drip.example/", failed),
  fetched("import from a host that says nothing", "http://silent.example/", failed),
  fetched("import of headers without a body", "http://headers-only.example/", failed),
  fetched("import that ends before its length", "http://short.example/", [201, ...failed]),
  fetched("import of a gzip bomb of 200 MB", "http://bomb.example/", [201, ...failed], true),
  fetched("import of broken gzip", "http://broken-gzip.example/", failed),
  fetched("import of a page with a script", "http://page.example/", failed),
  fetched("import from a host that fails", "http://failing.example/", failed),
  fetched("import of an empty body", "http://empty.example/", failed),
  fetched("import of no content", "http://no-content.example/", failed),
  fetched("import of a part", "http://partial.example/", [201, ...failed]),
  fetched("import from a host that hangs up", "http://hang-up.example/", failed),
  fetched("import with 40 KB of headers", "http://talkative.example/", [201, ...failed]),
  fetched("import that is reset half-way", "http://reset.example/", failed, true),
  fetched("import that is reset at once", "http://reset-at-once.example/", failed),
  fetched("import of 100 Continue without end", "http://continues.example/", failed),
  fetched("import of early hints without end", "http://hints.example/", failed),
  fetched("import behind one 100 Continue", "http://one-continue.example/", [201, ...failed]),
  fetched("import of headers without end", "http://header-flood.example/", failed, true),
  fetched("import of one header without end", "http://one-header.example/", failed),
  fetched("import with two lengths", "http://two-lengths.example/", [201, ...failed]),
  fetched("import that is longer than it says", "http://longer.example/", [201, ...failed]),
  fetched("import of a chunk that says 280 TB", "http://chunk-lie.example/", failed),
  fetched("import of a chunk with words without end", "http://chunk-words.example/", failed),
  fetched("import with trailers without end", "http://trailers.example/", failed),
  fetched("import of a picture without HTTP", "http://no-http.example/", failed),
  fetched("import that changes the protocol", "http://upgrade.example/", failed),
  fetched("import that answers when its time is over", "http://late.example/", failed),
  fetched("import behind redirects of eight seconds each", "http://slow-steps.example/0", failed),
  fetched("import behind a redirect whose body never ends", "http://heavy-redirect.example/", [
    201,
    ...failed,
  ]),
  fetched("import of a brotli bomb of 200 MB", "http://brotli-bomb.example/", failed),
  fetched("import of gzip in gzip", "http://double-gzip.example/", failed),
  fetched("import of an encoding that doesn't exist", "http://odd-encoding.example/", [201, ...failed]),
];
