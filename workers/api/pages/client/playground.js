// Shows a picture beside the controls of its address: the address grows as they are turned, and what comes is told against what was uploaded.
// @ts-check
import { inBytes } from "./bytes.js";
import { addCopyButtons } from "./copy.js";
import { addFocus } from "./focus.js";
import { addReadouts } from "./readouts.js";

const WAIT_MILLISECONDS = 300;

for (const details of document.querySelectorAll("details.playground")) openPlayground(details);

/** @param {Element} details */
export function openPlayground(details) {
  const form = details.querySelector("form");
  if (!(details instanceof HTMLDetailsElement) || !form) return;
  const { url = "", shown = "" } = details.dataset;
  const stage = stageFor(details, form);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let round = 0;
  const refresh = async () => {
    const mine = ++round;
    const address = addressOf(url, form);
    stage.address.value = address;
    if (address === url) {
      // Nobody waits for a whole original to see that nothing has changed.
      stage.image.src = shown;
      stage.told.textContent = "Nothing is changed yet.";
      return;
    }
    stage.told.textContent = "Making it …";
    const told = await draw(address, stage.image, Number(details.dataset.bytes), () => mine === round);
    if (mine === round) stage.told.textContent = told;
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(), WAIT_MILLISECONDS);
  };
  const showReadouts = addReadouts(form);
  const showFocus = addFocus(details, form, stage.whole, soon);
  const changed = () => {
    showReadouts();
    showFocus();
    soon();
  };
  form.addEventListener("input", changed);
  // The form is as it was only after its event.
  form.addEventListener("reset", () => void setTimeout(changed));
  if (details.open) void refresh();
  else details.addEventListener("toggle", () => void refresh(), { once: true });
}

/** @param {string} url @param {HTMLFormElement} form What is neutral is left out. */
function addressOf(url, form) {
  const query = new URLSearchParams();
  for (const control of form.elements) {
    if (!(control instanceof HTMLInputElement || control instanceof HTMLSelectElement)) continue;
    const { name, value } = control;
    if (name && value !== "" && value !== control.dataset.neutral) query.set(name, value);
  }
  const text = query.toString();
  return text ? `${url}?${text}` : url;
}

/** @param {HTMLElement} details @param {HTMLFormElement} form The stage stands before it. */
function stageFor(details, form) {
  const stage = document.createElement("div");
  stage.className = "stage";
  stage.innerHTML =
    '<div class="snippet"><label>Its address</label><input readonly spellcheck="false"></div><div class="both"><figure class="whole"><figcaption></figcaption></figure><figure class="made"><img alt="The picture as it comes from this address"><figcaption><p class="told" role="status"></p></figcaption></figure></div>';
  const address = stage.querySelector("input");
  const label = stage.querySelector("label");
  const image = stage.querySelector("img");
  const told = stage.querySelector(".told");
  const whole = stage.querySelector(".whole");
  if (!address || !image || !told || !label || !(whole instanceof HTMLElement))
    throw new Error("The stage is not whole.");
  address.id = `address-${crypto.randomUUID()}`;
  label.htmlFor = address.id;
  const before = details.querySelector(".before");
  if (before) whole.querySelector("figcaption")?.append(before);
  form.before(stage);
  addCopyButtons(stage);
  return { address, image, told, whole };
}

/**
 * @param {string} address
 * @param {HTMLImageElement} image
 * @param {number} bytesBefore Of the original.
 * @param {() => boolean} isWanted
 * @returns {Promise<string>} What came, in words.
 */
async function draw(address, image, bytesBefore, isWanted) {
  const answer = await fetch(address).catch(() => null);
  if (!answer) return "The connection was lost.";
  if (!answer.ok) {
    const { error } = await answer.json().catch(() => ({ error: null }));
    const seconds = error?.action?.retry_after;
    const told = error?.message ?? `It can't be made: ${answer.status}.`;
    return seconds ? `${told} Try again in ${seconds} seconds.` : told;
  }
  const file = await answer.blob();
  if (!isWanted()) return "";
  URL.revokeObjectURL(image.src);
  image.src = URL.createObjectURL(file);
  await image.decode().catch(() => undefined);
  const size = `${image.naturalWidth} × ${image.naturalHeight}, ${inBytes(file.size)} of ${kindOf(file.type)}`;
  return [size, comparison(file.size, bytesBefore)].filter(Boolean).join(", ");
}

/** @param {string} type As `image/webp`: written as everywhere on the page. */
function kindOf(type) {
  const kind = type.replace(/^image\//, "").replace(/\+xml$/, "");
  return kind === "webp" ? "WebP" : kind.toUpperCase();
}

/** @param {number} bytes @param {number} before */
function comparison(bytes, before) {
  const percent = Math.round((100 * bytes) / before) - 100;
  if (!Number.isFinite(percent) || percent === 0) return "";
  return percent < 0 ? `${-percent} % smaller` : `${percent} % larger`;
}
