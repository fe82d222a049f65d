// The pages of the reference, in the order of its side navigation.

export interface DocsPageEntry {
  readonly path: string;
  readonly title: string;
  /** The calls that it explains, by their operation. */
  readonly operations?: readonly string[];
  /** The objects that it explains field by field. */
  readonly objects?: readonly string[];
  /** Whether it tells who is signed in which key of theirs it means. */
  readonly namesKey?: boolean;
}

export const docsPages = {
  start: { path: "/docs", title: "Quick start", namesKey: true },
  authentication: { path: "/docs/authentication", title: "Authentication", namesKey: true },
  image: { path: "/docs/image", title: "The Image object", objects: ["Image"] },
  upload: { path: "/docs/upload", title: "Upload", operations: ["createImage", "uploadImage"] },
  import: { path: "/docs/import", title: "Import", operations: ["importImage"] },
  list: {
    path: "/docs/list",
    title: "List and search",
    operations: ["listImages", "getImage"],
    objects: ["ImageList"],
  },
  change: {
    path: "/docs/change",
    title: "Change",
    operations: ["changeImage", "changeImages"],
    objects: ["BatchResult"],
  },
  delete: {
    path: "/docs/delete",
    title: "Delete",
    operations: ["deleteImage", "deleteImages"],
    objects: ["DeletedImage"],
  },
  usage: { path: "/docs/usage", title: "Usage and plans", operations: ["getUsage"], objects: ["Usage"] },
  idempotency: { path: "/docs/idempotency", title: "Idempotency" },
  errors: { path: "/docs/errors", title: "Errors", objects: ["Error"] },
  transforms: { path: "/docs/transforms", title: "Image URLs" },
  limits: { path: "/docs/limits", title: "Limits" },
  changelog: { path: "/docs/changelog", title: "Changelog" },
} as const satisfies Record<string, DocsPageEntry>;

export const docsPageList: readonly DocsPageEntry[] = Object.values(docsPages);

/** Where an operation is explained. */
export function pageOfOperation(operationId: string): DocsPageEntry | undefined {
  return docsPageList.find(({ operations = [] }) => operations.includes(operationId));
}
