// A bound that moves by one, or a field that is read from the byte beside it: seen in files that differ from a sound one by so little. The other
// formats are in pinned-neighbours-1.
import { neighboursAsPinned } from "../../support/neighbours-as-pinned.ts";

neighboursAsPinned((_, at) => at % 2 === 1);
