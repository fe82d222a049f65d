// The rooms whose tests are put to the proof, and the tests that know each.

export interface Stage {
  readonly project: "unit" | "api" | "src";
  /** Files or folders, as vitest filters them. */
  readonly tests: readonly string[];
  /** Not the files whose path holds this. */
  readonly except?: string;
  /** Only for faults in these files. */
  readonly files?: RegExp;
  /** Only the tests whose names this matches. */
  readonly named?: string;
}

export interface Room {
  readonly name: string;
  readonly files: string;
  /** Before all others, the tests that know a file best. */
  readonly nearest?: readonly (readonly [files: RegExp, Stage])[];
  /** The quickest first: a fault that one finds goes no further. */
  readonly stages: readonly Stage[];
}

const api = (...names: readonly string[]): Stage => ({
  project: "api",
  tests: names.map((name) => `test/api/${name}.test.ts`),
});
const src = (...names: readonly string[]): Stage => ({
  project: "src",
  tests: names.map((name) => `test/src/${name}.test.ts`),
});

/** Of the slowest tests of formats those that can notice: whose format the file is, or all. */
const neighbours = (files: RegExp, formats = ".*"): Stage => ({
  project: "unit",
  tests: ["test/unit/formats/pinned-neighbours"],
  files,
  named: `a (${formats}) with a byte`,
});

export const rooms: readonly Room[] = [
  {
    name: "schema",
    files: "schema/*.ts",
    stages: [
      { project: "unit", tests: ["test/unit/shared/bounds.test.ts", "test/unit/plan/pinned.test.ts"] },
      {
        project: "unit",
        tests: ["test/unit/plan/", "test/unit/shared/", "test/unit/repository/", "test/unit/api/"],
      },
      api("upload-fields", "images-change", "plans"),
      api("images-list", "images-delete", "errors", "odd-text", "credentials", "admin"),
    ],
  },
  {
    name: "plan",
    files: "workers/src/plan/*.ts",
    stages: [
      { project: "unit", tests: ["test/unit/plan/pinned.test.ts"] },
      {
        project: "unit",
        tests: ["test/unit/plan/", "test/unit/shared/"],
      },
      src("parameters", "formats"),
    ],
  },
  {
    name: "ledger",
    files: "workers/api/ledger/*.ts",
    stages: [
      api("ledger-times", "ledger"),
      api("ledger-migrations", "idempotency", "quota"),
      api("quota-races", "rate-limits", "crashes", "anonymous-hour", "anonymous-eviction"),
    ],
  },
  {
    name: "images",
    files: "workers/api/images/**/*.ts",
    nearest: [
      [/(first-look|looked-row)\.ts$/, { project: "unit", tests: ["test/unit/api/first-look.test.ts"] }],
      [/images\/store\//, api("image-look-ups", "image-store-changes")],
      [
        /(change-images|changed-columns|update|new-expiry|pairs|rows)\.ts$/,
        api("images-change", "image-store", "change-races"),
      ],
      [/(list|list-query|find)\.ts$/, api("images-list", "isolation")],
      [/(create-once|fingerprint)\.ts$/, api("idempotency")],
      [
        /(create-image|reserve-room|store-original|undo)\.ts$/,
        api("upload-order", "upload-undone", "quota", "upload-room"),
      ],
      [/delete(-images)?\.ts$/, api("images-delete", "chores")],
      [/(moderation|store\/update)\.ts$/, api("admin")],
      [/refuse-other-token\.ts$/, api("delete-token")],
      [/store\/rows\.ts$/, api("upload-undone")],
      [/reserve-room\.ts$/, api("anonymous-hour")],
      [/whole\.ts$/, api("backup")],
      [
        /(looked-row|first-look|settle-look|looks|notes|reexamine|upkeep)\.ts$/,
        api("first-look", "reexamine"),
      ],
      [
        /(image-object|new-image-row)\.ts$/,
        api("upload-fields", "image-store", "first-look", "image-object-odd-rows"),
      ],
      [/(reports|reported|update)\.ts$/, api("reports", "operator")],
      [/export-images\.ts$/, api("account")],
    ],
    stages: [
      api("images-change", "images-list", "images-delete", "upload-fields", "upload"),
      api(
        "idempotency",
        "isolation",
        "admin",
        "viewer",
        "first-look",
        "reexamine",
        "upload-undone",
        "deleted-under-way",
      ),
      api("chores", "crashes", "plans", "quota", "client-flows", "query-plans", "hidden-metadata"),
      { project: "api", tests: ["test/api/"] },
    ],
  },
  {
    name: "formats",
    files: "workers/formats/**/*.ts",
    stages: [
      { project: "unit", tests: ["test/unit/formats/pinned.test.ts"] },
      { project: "unit", tests: ["test/unit/formats/pinned-made.test.ts"] },
      { project: "unit", tests: ["test/unit/formats/"], except: "/pinned" },
      {
        project: "unit",
        tests: [
          "test/unit/metadata/recipe.test.ts",
          "test/unit/render/gif-encoder.test.ts",
          "test/unit/render/gif-frames.test.ts",
          "test/unit/render/animation.test.ts",
          "test/unit/render/second-sizes.test.ts",
          "test/unit/kernel/colour.test.ts",
          "test/unit/repository/limits-page.test.ts",
        ],
      },
      neighbours(/formats\/jpeg\//, "jpg|tiff"),
      neighbours(/formats\/png\//, "png|ico"),
      neighbours(/formats\/gif\//, "gif"),
      neighbours(/formats\/webp\//, "webp"),
      neighbours(/formats\/(heif|av1|hevc)\//, "avif|heic"),
      neighbours(/formats\/bmp\//, "bmp|ico"),
      neighbours(/formats\/ico\//, "ico"),
      neighbours(/formats\/tiff\//, "tiff"),
      neighbours(/formats\/svg\//, "svg"),
      neighbours(/formats\/((bytes|exif|icc|xmp)\/|[^/]*$)/),
      src("metadata", "formats", "rare-formats", "animation"),
    ],
  },
];
