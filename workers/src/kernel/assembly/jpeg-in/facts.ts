// What the host may ask about a JPEG once its header is known.

import { componentCount, height, maxH, maxV, progressive, width } from "./frame";
import { adobeTransform } from "./markers";
import { profileLength } from "./profile";
import { memberCount } from "./scan";
import { jpegColour } from "../job/source";

/** 0 width, 1 height, 2 components, 3 progressive, 4 in several scans, 5 colour (job-source.ts), 6 bytes of ICC profile, 7 and 8 most sampling across and down, 9 Adobe's marker. */
export function jpegFact(which: i32): i32 {
  if (which == 0) return width;
  if (which == 1) return height;
  if (which == 2) return componentCount;
  if (which == 3) return progressive ? 1 : 0;
  if (which == 4) return memberCount < componentCount ? 1 : 0;
  if (which == 5) return jpegColour();
  if (which == 6) return profileLength();
  if (which == 7) return maxH;
  if (which == 8) return maxV;
  return adobeTransform;
}
