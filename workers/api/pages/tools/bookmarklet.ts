// A bookmark that takes the picture you look at. It sends nothing: it opens a page with the address filled in.
import type { Tool } from "./tool.ts";

export const bookmarklet: Tool = {
  id: "bookmarklet",
  name: "Bookmarklet",
  about:
    "On any page: takes the largest picture to your gallery. It needs no key, because you are signed in.",
  needsKey: false,
  steps: [
    "Make a bookmark of any page, edit it, and put the text below in place of its address.",
    "On a page with a picture, click it: your gallery opens with the picture's address. “Take it” uploads it, and nothing does before.",
  ],
  settings: ({ page }) => [{ label: "Address of the bookmark", text: codeFor(page) }],
};

/** An address that isn't http (a blob, a data URL) can't be fetched from elsewhere, so the next largest is taken. */
function codeFor(page: string): string {
  const statements = [
    "const a=e=>e.naturalWidth*e.naturalHeight",
    "const [i]=[...document.images].filter(e=>/^https?:/.test(e.currentSrc)).sort((x,y)=>a(y)-a(x))",
    "const u=i?i.currentSrc:''",
    `u?open(${JSON.stringify(`${page}/gallery?url=`)}+encodeURIComponent(u)):alert('There is no picture on this page.')`,
  ];
  return `javascript:(()=>{${statements.join(";")}})()`;
}
