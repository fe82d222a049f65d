// The picture at its full size over the page: scrolled, dragged, or moved by the arrow keys. Without this the link opens the file.
// @ts-check
const link = document.querySelector("a.picture");

if (link instanceof HTMLAnchorElement) {
  link.classList.add("zooms");
  link.addEventListener("click", (event) => {
    // Who wants a new tab gets one.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(link, event);
  });
}

/** @param {HTMLAnchorElement} link @param {MouseEvent} event */
function open(link, event) {
  const shown = link.querySelector("img");
  if (!shown) return;
  const dialog = document.createElement("dialog");
  dialog.className = "zoom";
  dialog.setAttribute("aria-label", "Picture at full size");
  const stage = document.createElement("div");
  stage.tabIndex = 0;
  const image = document.createElement("img");
  image.alt = shown.alt;
  image.draggable = false;
  if (shown.className) image.className = shown.className;
  const close = document.createElement("button");
  close.textContent = "Close";
  close.addEventListener("click", () => dialog.close());
  stage.append(image);
  dialog.append(stage, close);
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  stage.focus();
  const middle = pointOf(shown, event);
  image.onload = () => {
    stage.scrollLeft = middle.x * image.width - stage.clientWidth / 2;
    stage.scrollTop = middle.y * image.height - stage.clientHeight / 2;
  };
  image.src = link.href;
  dragged(stage, () => dialog.close());
}

/**
 * Where in the picture was clicked, 0 to 1; its middle where a key did it.
 * @param {HTMLElement} shown @param {MouseEvent} event
 */
function pointOf(shown, event) {
  if (event.detail === 0) return { x: 0.5, y: 0.5 };
  const box = shown.getBoundingClientRect();
  return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
}

/**
 * Moves with the mouse; fingers scroll by themselves. A click that moved nothing leaves.
 * @param {HTMLElement} stage @param {() => void} leave
 */
function dragged(stage, leave) {
  let moved = 0;
  stage.addEventListener("pointerdown", ({ pointerId, pointerType, button }) => {
    moved = 0;
    if (pointerType === "mouse" && button === 0) stage.setPointerCapture(pointerId);
  });
  stage.addEventListener("pointermove", ({ pointerId, movementX, movementY }) => {
    if (!stage.hasPointerCapture(pointerId)) return;
    moved += Math.abs(movementX) + Math.abs(movementY);
    stage.scrollBy(-movementX, -movementY);
  });
  stage.addEventListener("click", () => moved < 5 && leave());
}
