// Makes one drop zone of the front page's two forms: several files at once, by drag, paste, choice or address.
// @ts-check
import { addAllLinks } from "./all-links.js";
import { inBytes } from "./bytes.js";
import { showRecent } from "./recent.js";
import { addItem } from "./upload-item.js";

/** So many are on their way at a time. */
const AT_ONCE = 2;

const form = document.getElementById("upload");
const importForm = document.getElementById("import");
const input = document.getElementById("file");
const list = document.getElementById("uploads");

/** @type {(() => Promise<void>)[]} */
const waiting = [];
let running = 0;

if (form instanceof HTMLFormElement && input instanceof HTMLInputElement && list) {
  const maxBytes = Number(form.dataset.maxBytes);
  document.documentElement.classList.add("scripted");
  input.multiple = true;
  const button = form.querySelector("button");
  if (button) button.textContent = "Choose pictures";
  input.required = false;
  const { action } = form;
  /** Of what is put in from now on. */
  const ttl = () => String(new FormData(form).get("ttl") ?? "");
  const take = takerFor(list, action, maxBytes, ttl);
  input.addEventListener("change", () => {
    take([...(input.files ?? [])]);
    input.value = "";
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    input.click();
  });
  acceptDrops(form, take);
  acceptPastes(take, (address) => enqueue(list, action, address, ttl()));
  if (importForm instanceof HTMLFormElement)
    acceptAddresses(importForm, (address) => enqueue(list, action, address, ttl()));
  addAllLinks(list);
  showRecent();
}

/** @param {Element} list @param {string} to @param {number} maxBytes @param {() => string} ttlNow How long pictures stay; empty = as long as they may. */
function takerFor(list, to, maxBytes, ttlNow) {
  return (/** @type {readonly File[]} */ files) => {
    const ttl = ttlNow();
    for (const file of files) {
      const refusal =
        file.size > maxBytes ? `Too large: ${inBytes(file.size)}, at most ${inBytes(maxBytes)}.` : null;
      const body = () => {
        const data = new FormData();
        data.append("ttl", ttl);
        data.append("file", file);
        return data;
      };
      run(addItem(list, { name: file.name, file, to, body, refusal }));
    }
  };
}

/** @param {Element} list @param {string} to @param {string} address @param {string} ttl */
function enqueue(list, to, address, ttl) {
  const body = () => new URLSearchParams({ url: address, ttl });
  run(addItem(list, { name: address, file: null, to, body, refusal: null }));
}

/** @param {() => Promise<void>} start */
function run(start) {
  waiting.push(start);
  next();
}

function next() {
  if (running >= AT_ONCE) return;
  const start = waiting.shift();
  if (!start) return;
  running++;
  start().finally(() => {
    running--;
    next();
  });
}

/** @param {HTMLElement} zone @param {(files: readonly File[]) => void} take */
function acceptDrops(zone, take) {
  let depth = 0;
  /** @param {DragEvent} event */
  const hasFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files") ?? false;
  document.addEventListener("dragenter", (event) => {
    if (!hasFiles(event)) return;
    depth++;
    zone.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    if (hasFiles(event) && --depth <= 0) zone.classList.remove("over");
  });
  document.addEventListener("dragover", (event) => {
    if (hasFiles(event)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    depth = 0;
    zone.classList.remove("over");
    if (!hasFiles(event)) return;
    event.preventDefault();
    take([...(event.dataTransfer?.files ?? [])]);
  });
}

/** @param {(files: readonly File[]) => void} take @param {(address: string) => void} takeAddress */
function acceptPastes(take, takeAddress) {
  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0) {
      event.preventDefault();
      return take(files);
    }
    // Into a field people paste what they like.
    if (event.target instanceof HTMLInputElement) return;
    const text = event.clipboardData?.getData("text/plain").trim() ?? "";
    if (/^https?:\/\/\S+$/.test(text)) takeAddress(text);
  });
}

/** @param {HTMLFormElement} form @param {(address: string) => void} take */
function acceptAddresses(form, take) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = String(new FormData(form).get("url") ?? "").trim();
    if (address) take(address);
    form.reset();
  });
}
