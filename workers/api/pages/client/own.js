// On the page of a picture that was uploaded from this browser without an account: the link that deletes it, which this browser keeps.
// @ts-check
import { kept } from "./kept.js";

const canonical = document.querySelector('link[rel="canonical"]');
const report = document.querySelector('.about a[href$="/report"]');
const page = canonical instanceof HTMLLinkElement ? canonical.href : "";
const own = kept().find((one) => one.page === page);

if (own && report) {
  const link = document.createElement("a");
  link.href = own.delete;
  link.textContent = "Delete it";
  report.after(" · You uploaded it in this browser: ", link);
}
