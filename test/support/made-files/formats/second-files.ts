// Files with a second one in them or behind them: what phones and tools hide there is not served.
import { hiding } from "../../make-fixtures/second-files.ts";

export const files = hiding.map(({ what, format, bytes }) => ({
  format,
  feature: `with ${what}`,
  make: () => bytes,
}));
