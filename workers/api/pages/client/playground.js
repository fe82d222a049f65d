// Shows a picture beside the controls of its address: the address grows as they are turned, and the bytes are told.
// @ts-check
import { inBytes } from "./bytes.js";
import { addCopyButtons } from "./copy.js";

const WAIT_MILLISECONDS = 300;

for (const details of document.querySelectorAll("details.playground")) openPlayground(details);

/** @param {Element} details */
export function openPlayground(details) {
  const form = details.querySelector("form");
  if (!(details instanceof HTMLElement) || !form) return;
  const stage = stageFor(details);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let round = 0;
  const refresh = async () => {
    const mine = ++round;
    const address = addressOf(details.dataset.url ?? "", form);
    stage.address.value = address;
    stage.told.textContent = "Making it …";
    const told = await draw(address, stage.image, () => mine === round);
    if (mine === round) stage.told.textContent = told;
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(), WAIT_MILLISECONDS);
  };
  form.addEventListener("input", soon);
  if (details.hasAttribute("open")) soon();
  else details.addEventListener("toggle", soon, { once: true });
  acceptFocus(stage.focus, form, soon);
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

/** @param {HTMLElement} details */
function stageFor(details) {
  const stage = document.createElement("div");
  stage.className = "stage";
  stage.innerHTML =
    '<div class="snippet"><label>Its address</label><input readonly spellcheck="false"></div><img alt="The picture as it comes from this address"><p class="told" role="status"></p><figure class="focus"><img alt=""><figcaption>Drag to what a cut keeps</figcaption></figure>';
  const address = stage.querySelector("input");
  const image = stage.querySelector("img");
  const focus = stage.querySelector(".focus img");
  const told = stage.querySelector(".told");
  const label = stage.querySelector("label");
  if (!address || !image || !told || !label || !(focus instanceof HTMLImageElement))
    throw new Error("The stage is not whole.");
  address.id = `address-${crypto.randomUUID()}`;
  label.htmlFor = address.id;
  focus.src = details.dataset.whole ?? "";
  details.append(stage);
  addCopyButtons(stage);
  return { address, image, told, focus };
}

/**
 * @param {string} address
 * @param {HTMLImageElement} image
 * @param {() => boolean} isWanted
 * @returns {Promise<string>} What came, in words.
 */
async function draw(address, image, isWanted) {
  const answer = await fetch(address).catch(() => null);
  if (!answer) return "The connection was lost.";
  if (!answer.ok) {
    const { error } = await answer.json().catch(() => ({ error: null }));
    return error?.message ?? `It can't be made: ${answer.status}.`;
  }
  const file = await answer.blob();
  if (!isWanted()) return "";
  URL.revokeObjectURL(image.src);
  image.src = URL.createObjectURL(file);
  await image.decode().catch(() => undefined);
  const kind = file.type.replace(/^image\//, "");
  return `${image.naturalWidth} × ${image.naturalHeight}, ${inBytes(file.size)} of ${kind}`;
}

/**
 * A cut keeps the point of the whole picture that is clicked or dragged to; by keyboard the list of sides does it.
 * @param {HTMLImageElement} image
 * @param {HTMLFormElement} form
 * @param {() => void} changed
 */
function acceptFocus(image, form, changed) {
  const gravity = form.elements.namedItem("gravity");
  if (!(gravity instanceof HTMLSelectElement)) return;
  const own = document.createElement("option");
  image.draggable = false;
  /** @param {PointerEvent} event */
  const move = (event) => {
    const box = image.getBoundingClientRect();
    const part = (/** @type {number} */ at, /** @type {number} */ size) =>
      Math.min(1, Math.max(0, at / size)).toFixed(2);
    own.value = `${part(event.clientX - box.left, box.width)}x${part(event.clientY - box.top, box.height)}`;
    own.textContent = `the point at ${own.value}`;
    gravity.append(own);
    gravity.value = own.value;
    changed();
  };
  image.addEventListener("pointerdown", (event) => {
    image.setPointerCapture(event.pointerId);
    move(event);
  });
  image.addEventListener("pointermove", (event) => {
    if (image.hasPointerCapture(event.pointerId)) move(event);
  });
}
