// The refusal for a file that is no picture at all, whatever its name says.
import type { ApiError } from "../../shared/api-error.ts";
import { invalid } from "../validation.ts";

const formatNames = "JPEG, PNG, GIF, WebP, AVIF, HEIC, SVG, BMP, ICO or TIFF";

export function noPicture(cause?: unknown): ApiError {
  return invalid({ file: [`The file is not a picture that can be kept. Send ${formatNames}.`] }, cause);
}
