// What other sites may do: call with whatever headers their libraries add, and read what answers tell. Cookies never count.

/** A day: browsers ask again after less. */
const PREFLIGHT_SECONDS = 86_400;

/** No page sends as many; who asks for more gets no longer an answer. */
const MOST_HEADERS = 100;

/** Credentials of another kind than ours, which nobody should be led to send. */
const otherCredentials = /^(?:cookie2?|proxy-.*|cf-access-.*)$/i;

/** What clients need and browsers hide unless it is named. */
const exposed = [
  ...["X-Request-Id", "RateLimit", "RateLimit-Policy", "Retry-After", "Idempotent-Replayed", "Allow"],
  ...[
    "ETag",
    "Content-Length",
    "Content-Range",
    "Accept-Ranges",
    "Content-Disposition",
    "Server-Timing",
    "Purge",
  ],
];

/** Whether a browser asks before a call of another site. */
export function isPreflight(request: Request): boolean {
  return request.method === "OPTIONS" && request.headers.has("Access-Control-Request-Method");
}

/** The answer to a preflight: every header that was asked for, but for credentials of another kind. */
export function preflightAnswer(request: Request, methods: readonly string[]): Response {
  const asked = (request.headers.get("Access-Control-Request-Headers") ?? "").split(",");
  const allowed = asked
    .slice(0, MOST_HEADERS)
    .map((name) => name.trim())
    .filter((name) => /^[\w!#$%&'*+.^`|~-]{1,100}$/.test(name) && !otherCredentials.test(name));
  return new Response(null, {
    status: 204,
    headers: {
      "Access-Control-Allow-Origin": "*",
      "Access-Control-Allow-Methods": methods.join(", "),
      // Named even where it was not asked for: `*` never stands for it.
      "Access-Control-Allow-Headers": [...new Set(["Authorization", ...allowed])].join(", "),
      "Access-Control-Max-Age": String(PREFLIGHT_SECONDS),
      Vary: "Access-Control-Request-Headers",
    },
  });
}

/** Opens an answer to every site. */
export function openToAll(headers: Headers): void {
  headers.set("Access-Control-Allow-Origin", "*");
  const ours = [...headers.keys()].filter((name) => name.startsWith("edgepix-"));
  headers.set("Access-Control-Expose-Headers", [...exposed, ...ours].join(", "));
}
