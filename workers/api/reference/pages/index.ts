// What each page of the reference is made by.
import { ChangePage, DeletePage, ImportPage, ListPage, UploadPage, UsagePage } from "./calls-pages.tsx";
import { ChangelogPage } from "./changelog.tsx";
import { ErrorsPage } from "./errors.tsx";
import { LimitsPage } from "./limits.tsx";
import { docsPages } from "./navigation.ts";
import { QuickStartPage } from "./quick-start.tsx";
import { AuthenticationPage, IdempotencyPage, ImageObjectPage } from "./texts.tsx";
import { TransformsPage } from "./transforms.tsx";

export const docsRoutes = [
  { page: docsPages.start, Page: QuickStartPage },
  { page: docsPages.authentication, Page: AuthenticationPage },
  { page: docsPages.image, Page: ImageObjectPage },
  { page: docsPages.upload, Page: UploadPage },
  { page: docsPages.import, Page: ImportPage },
  { page: docsPages.list, Page: ListPage },
  { page: docsPages.change, Page: ChangePage },
  { page: docsPages.delete, Page: DeletePage },
  { page: docsPages.usage, Page: UsagePage },
  { page: docsPages.idempotency, Page: IdempotencyPage },
  { page: docsPages.errors, Page: ErrorsPage },
  { page: docsPages.transforms, Page: TransformsPage },
  { page: docsPages.limits, Page: LimitsPage },
  { page: docsPages.changelog, Page: ChangelogPage },
] as const;
