// Copy buttons for a page that is complete when it arrives.
// @ts-check
import { addCopyButtons } from "./copy.js";

addCopyButtons(document);
