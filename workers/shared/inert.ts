// What is neither a page nor a picture runs nothing, whatever a browser takes it for: captions and names in it are strangers' text.

const inert = [
  ["X-Content-Type-Options", "nosniff"],
  ["Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"],
] as const;

/** What an answer with these headers is still to say: pages and pictures have said what they may do, and are left as they are. */
export function inertHeadersFor(headers: Headers): readonly (readonly [name: string, value: string])[] {
  return headers.has("X-Content-Type-Options") ? [] : inert;
}
