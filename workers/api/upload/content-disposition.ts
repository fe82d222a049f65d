// What Content-Disposition says: the name of a form's field and of its file (RFC 6266, RFC 7578, RFC 8187).
import { parse } from "content-disposition";

export interface Disposition {
  readonly name: string | undefined;
  readonly filename: string | undefined;
}

/**
 * Reads the header as browsers, curl and old clients write it. Nonsense is read as absent: a malformed `filename*` leaves the
 * plain name to count.
 */
export function parseDisposition(header: string): Disposition {
  // In forms browsers write a quote as %22, and a backslash is only itself; older curls write \" .
  const { parameters } = parse(header, { multipart: !header.includes('\\"') });
  return { name: parameters.name, filename: parameters.filename };
}
