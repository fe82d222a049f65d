// What HTTP asks of an image URL, a row a sentence, each with the section that says so. RFC 9110 unless another is named.

export interface Whole {
  readonly etag: string;
  readonly lastModified: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface Row {
  readonly says: string;
  readonly section: string;
  readonly method?: string;
  readonly headers?: (whole: Whole) => Readonly<Record<string, string>>;
  readonly status: number;
  /** `null`: the header is not there. */
  readonly answers?: (whole: Whole) => Readonly<Record<string, string | RegExp | null>>;
  /** By default the whole for a 200, and nothing else. */
  readonly body?: (whole: Whole) => Uint8Array;
}

const open = {
  "Access-Control-Allow-Origin": "*",
  "Cross-Origin-Resource-Policy": "cross-origin",
  "Timing-Allow-Origin": "*",
  "X-Content-Type-Options": "nosniff",
} as const;
const kept = "public, max-age=31536000, immutable";
const nothing = () => new Uint8Array();

const part = (
  says: string,
  range: string,
  first: (length: number) => number,
  last: (length: number) => number,
): Row => ({
  says,
  section: "14.2, 15.3.7",
  headers: () => ({ Range: range }),
  status: 206,
  answers: ({ bytes: { length }, etag }) => ({
    "Content-Range": `bytes ${first(length)}-${last(length)}/${length}`,
    "Content-Length": String(last(length) - first(length) + 1),
    ETag: etag,
    "Cache-Control": kept,
    ...open,
  }),
  body: ({ bytes }) => bytes.slice(first(bytes.length), last(bytes.length) + 1),
});
const wholeFor = (says: string, section: string, headers: Row["headers"] & {}): Row => ({
  says,
  section,
  headers,
  status: 200,
  answers: () => ({ "Content-Range": null }),
});
const notModified = (says: string, section: string, headers: Row["headers"] & {}, method = "GET"): Row => ({
  says,
  section,
  method,
  headers,
  status: 304,
  // Section 15.4.5: what a 200 would have said of caching, and of what it is.
  answers: ({ etag, lastModified }) => ({
    ETag: etag,
    "Last-Modified": lastModified,
    "Cache-Control": kept,
    "Content-Length": null,
    "Access-Control-Allow-Origin": "*",
  }),
  body: nothing,
});

const YEARS_LATER = "Thu, 01 Jan 2099 00:00:00 GMT";
const LONG_AGO = "Thu, 01 Jan 2015 00:00:00 GMT";

export const rows: readonly Row[] = [
  {
    says: "the picture, how long it is, and what it is",
    section: "8.3, 8.6, 14.3",
    status: 200,
    answers: ({ type, bytes }) => ({
      "Content-Type": type,
      "Content-Length": String(bytes.length),
      "Accept-Ranges": "bytes",
    }),
  },
  {
    says: "a strong tag and a date",
    section: "8.8.2, 8.8.3",
    status: 200,
    answers: () => ({
      ETag: /^"[0-9a-f]{32}"$/,
      "Last-Modified": /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/,
    }),
  },
  {
    says: "may be kept for ever, and the edge's own word does not leave the edge",
    section: "RFC 9111, 5.2; RFC 8246; RFC 9213, 3",
    status: 200,
    answers: () => ({ "Cache-Control": kept, "Cloudflare-CDN-Cache-Control": null }),
  },
  {
    says: "any site may show and time it, and nobody takes it for anything else",
    section: "Fetch, 3.3, 3.6, 3.7; Resource Timing, 4.5",
    headers: () => ({ Origin: "https://another-site.example" }),
    status: 200,
    answers: () => open,
  },
  { says: "varies by nothing", section: "12.5.5", status: 200, answers: () => ({ Vary: null }) },
  notModified("the same tag", "13.1.2", ({ etag }) => ({ "If-None-Match": etag })),
  notModified("one of several tags", "13.1.2", ({ etag }) => ({
    "If-None-Match": `"other", ${etag}, "third"`,
  })),
  notModified("a weak tag, compared weakly", "13.1.2, 8.8.3.2", ({ etag }) => ({
    "If-None-Match": `W/${etag}`,
  })),
  notModified("any tag", "13.1.2", () => ({ "If-None-Match": "*" })),
  notModified("the same tag, to HEAD", "13.1.2", ({ etag }) => ({ "If-None-Match": etag }), "HEAD"),
  notModified("the same date", "13.1.3", ({ lastModified }) => ({ "If-Modified-Since": lastModified })),
  notModified("a later date", "13.1.3", () => ({ "If-Modified-Since": YEARS_LATER })),
  notModified("the same tag, before a part", "13.2.2", ({ etag }) => ({
    "If-None-Match": etag,
    Range: "bytes=0-9",
  })),
  wholeFor("another tag", "13.1.2", () => ({ "If-None-Match": '"other"' })),
  wholeFor("an earlier date", "13.1.3", () => ({ "If-Modified-Since": LONG_AGO })),
  wholeFor("what is no date", "13.1.3", () => ({ "If-Modified-Since": "yesterday" })),
  wholeFor("another tag, whatever the date", "13.1.3, 13.2.2", () => ({
    "If-None-Match": '"other"',
    "If-Modified-Since": YEARS_LATER,
  })),
  part(
    "from one byte to another",
    "bytes=2-11",
    () => 2,
    () => 11,
  ),
  part(
    "the last ones",
    "bytes=-7",
    (length) => length - 7,
    (length) => length - 1,
  ),
  part(
    "from a byte on",
    "bytes=9-",
    () => 9,
    (length) => length - 1,
  ),
  part(
    "further than there is",
    "bytes=9-99999999",
    () => 9,
    (length) => length - 1,
  ),
  part(
    "more last ones than there are",
    "bytes=-99999999",
    () => 0,
    (length) => length - 1,
  ),
  {
    says: "from behind the end",
    section: "14.4, 15.5.17",
    headers: () => ({ Range: "bytes=99999999-" }),
    status: 416,
    answers: ({ bytes }) => ({
      "Content-Range": `bytes */${bytes.length}`,
      "Access-Control-Allow-Origin": "*",
    }),
    body: nothing,
  },
  wholeFor("several parts at once, which a server may answer with the whole", "14.2", () => ({
    Range: "bytes=0-1,4-5",
  })),
  wholeFor("an end before its beginning", "14.1.1", () => ({ Range: "bytes=9-1" })),
  wholeFor("a unit that nobody knows", "14.2", () => ({ Range: "pages=1-2" })),
  {
    ...part(
      "a part of the version that is meant",
      "bytes=0-9",
      () => 0,
      () => 9,
    ),
    section: "13.1.5",
    headers: ({ etag }) => ({ Range: "bytes=0-9", "If-Range": etag }),
  },
  {
    ...part(
      "a part of what has that date",
      "bytes=0-9",
      () => 0,
      () => 9,
    ),
    section: "13.1.5",
    headers: ({ lastModified }) => ({ Range: "bytes=0-9", "If-Range": lastModified }),
  },
  wholeFor("a part of another version", "13.1.5", () => ({ Range: "bytes=0-9", "If-Range": '"other"' })),
  wholeFor("a part of a version that is named weakly", "13.1.5", ({ etag }) => ({
    Range: "bytes=0-9",
    "If-Range": `W/${etag}`,
  })),
  wholeFor("a part of what has another date", "13.1.5", () => ({ Range: "bytes=0-9", "If-Range": LONG_AGO })),
  {
    says: "what GET would say, without a body",
    section: "9.3.2",
    method: "HEAD",
    status: 200,
    answers: ({ type, bytes, etag, lastModified }) => ({
      "Content-Type": type,
      "Content-Length": String(bytes.length),
      "Accept-Ranges": "bytes",
      ETag: etag,
      "Last-Modified": lastModified,
      "Cache-Control": kept,
      ...open,
    }),
    body: nothing,
  },
  {
    says: "HEAD, which knows no parts",
    section: "14.2",
    method: "HEAD",
    headers: () => ({ Range: "bytes=0-9" }),
    status: 200,
    answers: ({ bytes }) => ({ "Content-Range": null, "Content-Length": String(bytes.length) }),
    body: nothing,
  },
];
