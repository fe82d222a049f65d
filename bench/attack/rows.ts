// All attacks, in the order in which they are run.

import type { Attack } from "./attack.ts";
import { crowdRows } from "./rows/crowds.ts";
import { fieldRows } from "./rows/fields.ts";
import { formRows } from "./rows/forms.ts";
import { gifRows } from "./rows/gif.ts";
import { headerRows } from "./rows/headers.ts";
import { heifRows } from "./rows/heif.ts";
import { importRows } from "./rows/imports.ts";
import { jpegRows } from "./rows/jpeg.ts";
import { pngRows } from "./rows/png.ts";
import { queryRows } from "./rows/queries.ts";
import { bitmapRows, noPictureRows, tiffRows } from "./rows/rare-formats.ts";
import { svgRows } from "./rows/svg.ts";
import { webpRows } from "./rows/webp.ts";

export const rows: readonly Attack[] = [
  ...jpegRows,
  ...pngRows,
  ...gifRows,
  ...webpRows,
  ...heifRows,
  ...tiffRows,
  ...bitmapRows,
  ...noPictureRows,
  ...svgRows,
  ...queryRows,
  ...headerRows,
  ...fieldRows,
  ...importRows,
  ...formRows,
  ...crowdRows,
];
