// A bound that moves by one, or a field that is read from the byte beside it: seen in files that differ from a sound one by so little. Every second
// format is here and the others in a file of their own, so that two run at a time.
import { neighboursAsPinned } from "../../support/neighbours-as-pinned.ts";

neighboursAsPinned((_, at) => at % 2 === 0);
