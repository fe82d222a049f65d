// Where the API, the images and the pages of this deployment are reached.
import type { Settings } from "./settings.ts";

export interface Origins {
  readonly api: string;
  readonly src: string;
  readonly page: string;
}

/** A var that is unset means the origin of the request, so that a fresh checkout needs no configuration. */
export function originsOf(requestUrl: string, settings: Settings): Origins {
  const { origin } = new URL(requestUrl);
  return {
    api: settings.API_ORIGIN ?? origin,
    src: settings.SRC_ORIGIN ?? origin,
    page: settings.PAGE_ORIGIN ?? origin,
  };
}
